#include "core/ops/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/history/record.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// Same reference, else same name. A text that does not parse names nobody; that it is wrong is reported
/// elsewhere.
std::optional<Partner> find_named(Read& read, const FieldTexts& texts) {
  if (const auto text = texts[Field::reference]; text && !trimmed(*text).empty()) {
    const auto reference = Reference::parse(*text);
    if (reference) {
      if (auto partner = find_partner(read, *reference)) return partner;
    }
  }
  if (const auto text = texts[Field::name]) {
    const auto name = Name::parse(*text);
    if (name) return find_same_name(read, *name, std::nullopt);
  }
  return std::nullopt;
}

/// Files for an organisation whose reference and name nobody has.
OutcomeResult file_new(Write& write, Application application, Similar similar, const Deed& deed) {
  if (similar == Similar::refused) {
    if (auto problems = find_similar(write, application, nullptr); !problems.empty()) return problems;
  }
  const Partner partner{
      .id = next_partner_id(write), .application = std::move(application), .status = Status::applied};
  record(write, {.action = Action::apply, .after = partner}, deed);
  return outcome_of(Effect::applied, partner);
}

OutcomeResult file_again(Write& write, const Partner& before, Application application, Similar similar,
                         const Deed& deed) {
  if (auto problems = find_duplicates(write, application, &before, similar); !problems.empty())
    return problems;
  Partner after{.id = before.id, .application = std::move(application), .status = Status::applied};
  after.partner_since = before.partner_since;
  record(write, {.action = Action::apply, .before = &before, .after = after}, deed);
  return outcome_of(Effect::applied, after);
}

OutcomeResult amend(Write& write, const Partner& before, Application application, Similar similar,
                    const Deed& deed) {
  if (application == before.application) return outcome_of(Effect::unchanged, before);
  if (auto problems = find_duplicates(write, application, &before, similar); !problems.empty())
    return problems;
  Partner after = before;
  if (after.application.contact != application.contact) after.contact_erased_on.reset();
  after.application = std::move(application);
  record(write, {.action = Action::update, .before = &before, .after = after}, deed);
  return outcome_of(Effect::updated, after);
}

std::string differing_fields(const Application& left, const Application& right) {
  std::string names;
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    if (field_text(left, field) == field_text(right, field)) continue;
    names.append(names.empty() ? "" : ", ").append(name_of(field));
  }
  return names;
}

Problem twice_in_file(const Partner& partner) {
  const std::string& name = partner.application.name.str();
  return {ProblemCode::duplicate, name,
          fmt::format("this organisation is also in an earlier row: {} ({})", partner.id.str(),
                      for_terminal(name)),
          std::string(name_of(Field::name)), 0};
}

Problem conflict(const Partner& partner, const Application& amended) {
  const std::string& name = partner.application.name.str();
  return {ProblemCode::conflict, name,
          fmt::format("{} ({}) already exists and differs in {}", partner.id.str(), for_terminal(name),
                      differing_fields(partner.application, amended)),
          std::string(), 0};
}

}  // namespace

OutcomeResult apply_form(Write& write, const FieldTexts& texts, Similar similar, const Deed& deed) {
  auto parsed = parse_application(texts, deed.at.date());
  if (auto* problems = std::get_if<std::vector<Problem>>(&parsed)) return std::move(*problems);
  auto& application = std::get<Application>(parsed);
  const auto named = find_named(write, texts);
  if (named && is_legal(named->status, Move::apply)) {
    return file_again(write, *named, std::move(application), similar, deed);
  }
  if (named) return find_duplicates(write, application, nullptr, similar);
  return file_new(write, std::move(application), similar, deed);
}

namespace {

/// The partner that a parsed form names.
std::optional<Partner> find_named(Read& read, const Application& application) {
  if (application.reference) {
    if (auto partner = find_partner(read, *application.reference)) return partner;
  }
  return find_same_name(read, application.name, std::nullopt);
}

OutcomeResult apply_to(Write& write, const Partner& named, const FieldTexts& texts, const ApplyRules& rules,
                       PartnerId first_of_run, const Deed& deed) {
  const Date today = deed.at.date();
  auto parsed = amend_application(named.application, texts, today);
  if (auto* problems = std::get_if<std::vector<Problem>>(&parsed)) return std::move(*problems);
  auto& amended = std::get<Application>(parsed);
  if (named.id >= first_of_run) return refuse(twice_in_file(named));
  if (amended == named.application) return outcome_of(Effect::unchanged, named);
  if (is_legal(named.status, Move::apply)) {
    if (!texts[Field::applied_on]) amended.applied_on = today;
    return file_again(write, named, std::move(amended), rules.similar, deed);
  }
  if (rules.difference == Difference::is_conflict) return refuse(conflict(named, amended));
  return amend(write, named, std::move(amended), rules.similar, deed);
}

}  // namespace

OutcomeResult apply_row(Write& write, FieldTexts texts, const ApplyRules& rules, PartnerId first_of_run,
                        const Deed& deed) {
  auto& applied_on = texts[Field::applied_on];
  if (applied_on && trimmed(*applied_on).empty()) applied_on.reset();

  auto parsed = parse_application(texts, deed.at.date());
  auto* application = std::get_if<Application>(&parsed);
  // A row that does not hold as a new application may still amend a partner.
  const auto named = application != nullptr ? find_named(write, *application) : find_named(write, texts);
  if (named) return apply_to(write, *named, texts, rules, first_of_run, deed);
  if (application == nullptr) return std::get<std::vector<Problem>>(std::move(parsed));
  return file_new(write, std::move(*application), rules.similar, deed);
}

OutcomeResult update(Write& write, const Partner& partner, const FieldTexts& texts, Similar similar,
                     const Deed& deed) {
  auto parsed = amend_application(partner.application, texts, deed.at.date());
  if (auto* problems = std::get_if<std::vector<Problem>>(&parsed)) return std::move(*problems);
  return amend(write, partner, std::get<Application>(std::move(parsed)), similar, deed);
}

}  // namespace covenant
