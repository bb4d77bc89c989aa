#include "core/ops/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/history/record.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// The partner that a form names: by the same reference, else by the same name.
std::optional<Partner> find_named(Read& read, const ParsedForm& form) {
  if (const Reference* reference = form.reference()) {
    if (auto partner = find_partner(read, *reference)) return partner;
  }
  if (const Name* name = form.name()) return find_same_name(read, *name, std::nullopt);
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
  return Outcome{Effect::applied, partner.id, partner.status};
}

OutcomeResult file_again(Write& write, const Partner& before, Application application, Similar similar,
                         const Deed& deed) {
  if (auto problems = find_duplicates(write, application, &before, similar); !problems.empty())
    return problems;
  Partner after{.id = before.id, .application = std::move(application), .status = Status::applied};
  after.partner_since = before.partner_since;
  record(write, {.action = Action::apply, .before = &before, .after = after}, deed);
  return Outcome{Effect::applied, after.id, after.status, before.status};
}

/// A day of application that is after what followed it.
std::optional<Problem> find_late_application(const Partner& before, const Application& application) {
  const Date day = application.applied_on;
  if (day == before.application.applied_on) return std::nullopt;
  const auto column = name_of("applied_on"_field);
  if (before.approved_on && day > *before.approved_on)
    return too_late(column, day, "the joining", *before.approved_on);
  if (before.ended_on && day > *before.ended_on) return too_late(column, day, "the ending", *before.ended_on);
  return std::nullopt;
}

/// The criteria that pass before an amendment of a verified application and fail after it, as notes.
Notes newly_failed(Read& read, const Partner& before, const Application& amended) {
  const Criteria changed = differing_criteria(before.application, amended);
  const auto verification = changed.any() ? find_verification(read, before.id) : std::nullopt;
  if (!verification) return {};
  const Findings was = evaluate_again(before.application, verification->findings, Criteria());
  const Findings now = evaluate_again(amended, verification->findings, changed);
  Notes notes;
  for (const Criterion criterion : failed(now)) {
    if (was[static_cast<std::size_t>(criterion)].verdict == Verdict::fail) continue;
    const std::string_view way_out =
        before.status == Status::eligible
            ? "it is applied again, verify it when it is corrected"
            : "it stays on the public list until it is corrected or its partnership ended";
    notes.push_back(Note::of(
        NoteCode::criterion, code_of(criterion),
        fmt::format("{}: no longer passes {}; {}", before.id.str(), shortcoming(criterion, now), way_out)));
  }
  return notes;
}

OutcomeResult amend(Write& write, const Partner& before, Application application, Similar similar,
                    const Deed& deed) {
  if (application == before.application) return unchanged(before);
  if (auto problem = find_late_application(before, application)) return refuse(*std::move(problem));
  if (auto problems = find_duplicates(write, application, &before, similar); !problems.empty())
    return problems;
  Partner after = before;
  if (after.application.contact != application.contact) after.contact_erased_on.reset();
  Notes notes;
  if (before.status == Status::eligible || before.status == Status::approved)
    notes = newly_failed(write, before, application);
  if (before.status == Status::eligible && !notes.empty()) {
    after.status = Status::applied;
    after.verified_on.reset();
  }
  after.application = std::move(application);
  record(write, {.action = Action::update, .before = &before, .after = after}, deed);
  Outcome outcome = updated(before, after);
  outcome.notes = std::move(notes);
  return outcome;
}

std::string differing_fields(const Application& left, const Application& right) {
  std::string names;
  for (const Field field : all_fields) {
    if (field_text(left, field) == field_text(right, field)) continue;
    names.append(names.empty() ? "" : ", ").append(name_of(field));
  }
  return names;
}

Problem twice_in_file(const Partner& partner) {
  const std::string& name = partner.application.name.str();
  return Problem::of(ProblemCode::duplicate, name,
                     fmt::format("'{}' is also in an earlier row, which is {}; remove one",
                                 for_terminal(name), partner.id.str()),
                     name_of("name"_field));
}

Problem conflict(const Partner& partner, const Application& amended) {
  return Problem::of(ProblemCode::conflict, partner.application.name.str(),
                     fmt::format("{} already exists and differs in {}", partner.id.str(),
                                 differing_fields(partner.application, amended)));
}

}  // namespace

OutcomeResult apply_form(Write& write, const FieldTexts& texts, Similar similar, const Deed& deed) {
  ParsedForm form(texts, deed.today);
  const auto named = find_named(write, form);
  auto application = std::move(form).application();
  if (!application) return std::move(application).problems();
  if (named && is_legal(named->status, Move::apply)) {
    return file_again(write, *named, *std::move(application), similar, deed);
  }
  if (named) return find_duplicates(write, *application, nullptr, similar);
  return file_new(write, *std::move(application), similar, deed);
}

namespace {

OutcomeResult apply_to(Write& write, const Partner& named, const ParsedForm& form, const ApplyRules& rules,
                       PartnerId first_of_run, const Deed& deed) {
  auto amended = form.amended(named.application);
  if (!amended) return std::move(amended).problems();
  if (named.id >= first_of_run) return refuse(twice_in_file(named));
  if (*amended == named.application) return unchanged(named);
  if (is_legal(named.status, Move::apply)) {
    if (!form.has("applied_on"_field)) amended.value().applied_on = deed.today;
    return file_again(write, named, *std::move(amended), rules.similar, deed);
  }
  if (rules.difference == Difference::is_conflict) return refuse(conflict(named, *amended));
  return amend(write, named, *std::move(amended), rules.similar, deed);
}

}  // namespace

OutcomeResult apply_row(Write& write, FieldTexts texts, const ApplyRules& rules, PartnerId first_of_run,
                        const Deed& deed) {
  auto& applied_on = texts["applied_on"_field];
  if (applied_on && trimmed(*applied_on).empty()) applied_on.reset();

  ParsedForm form(texts, deed.today);
  // A row that is no valid application may still amend a partner.
  if (const auto named = find_named(write, form))
    return apply_to(write, *named, form, rules, first_of_run, deed);
  auto application = std::move(form).application();
  if (!application) return std::move(application).problems();
  return file_new(write, *std::move(application), rules.similar, deed);
}

OutcomeResult update(Write& write, const Partner& partner, const FieldTexts& texts, Similar similar,
                     const Deed& deed) {
  auto amended = ParsedForm(texts, deed.today).amended(partner.application);
  if (!amended) return std::move(amended).problems();
  return amend(write, partner, *std::move(amended), similar, deed);
}

}  // namespace covenant
