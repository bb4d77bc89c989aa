#include "core/ops/find.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.hpp"
#include "core/history/standing.hpp"
#include "core/model/field_notes.hpp"
#include "core/model/text.hpp"
#include "core/store/partner_list.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

std::optional<Partner> find(Read& read, std::string_view ref) {
  if (const auto id = PartnerId::parse(ref)) return find_partner(read, *id);
  const auto reference = Reference::parse(ref);
  if (!reference) return std::nullopt;
  return find_partner(read, *reference);
}

}  // namespace

std::variant<Partner, Problem> find_by_ref(Read& read, std::string_view ref) {
  if (auto partner = find(read, trimmed(ref))) return *std::move(partner);
  return Problem::of(ProblemCode::partner, ref,
                     fmt::format("no partner {}; write an id like AP-0031 or a reference", in_quotes(ref)),
                     "partner");
}

namespace {

/// ASCII letters of either case are the same.
bool begins_with(std::string_view text, std::string_view begin) {
  return text.size() >= begin.size() &&
         std::equal(begin.begin(), begin.end(), text.begin(),
                    [](char a, char b) { return lower_case(a) == lower_case(b); });
}

/// Digits alone, or the form of an id: never a name.
bool is_like_an_id(std::string_view ref) {
  if (PartnerId::parse(ref)) return true;
  return std::all_of(ref.begin(), ref.end(), is_digit);
}

/// The partner whose acronym or name it is, when exactly one has it.
std::optional<Partner> find_by_name(Read& read, std::string_view ref) {
  const auto acronym = Acronym::parse(ref);
  if (acronym && !is_placeholder(ref)) {
    auto one = find_same_acronym(read, *acronym, std::nullopt);
    if (one && !find_same_acronym(read, *acronym, one->id)) return one;
    if (one) return std::nullopt;
  }
  const auto name = Name::parse(ref);
  if (!name) return std::nullopt;
  auto one = find_name(read, *name, std::nullopt).same;
  if (one && !find_name(read, *name, one->id).same) return one;
  return std::nullopt;
}

std::string suggestions(Read& read, std::string_view ref) {
  constexpr std::size_t most = 5;
  std::string text;
  for (const NamedPartner& partner : find_partners_named_like(read, ref, most)) {
    text.append(text.empty() ? "" : ", ");
    text += fmt::format("{} ({})", partner.id.str(), in_brief(partner.name));
  }
  return text;
}

std::variant<Partner, Problem> find_named(Read& read, std::string_view ref) {
  auto found = find_by_ref(read, ref);
  if (std::holds_alternative<Partner>(found) || is_like_an_id(ref) || find_invalid_utf8(ref)) return found;
  if (auto partner = find_by_name(read, ref)) return *std::move(partner);
  const std::string near = suggestions(read, ref);
  return Problem::of(ProblemCode::partner, ref,
                     fmt::format("no partner {}; {}", in_quotes(ref),
                                 near.empty() ? "write an id like AP-0031, a reference, an acronym or a name"
                                              : fmt::format("did you mean {}?", near)),
                     "partner");
}

Partner required(std::variant<Partner, Problem> found) {
  if (const auto* problem = std::get_if<Problem>(&found)) throw Error(ErrorKind::not_found, problem->message);
  return std::get<Partner>(std::move(found));
}

}  // namespace

std::variant<Partner, Problem> find_by_ref_or_name(Read& read, std::string_view ref) {
  auto found = find_named(read, ref);
  if (const auto* partner = std::get_if<Partner>(&found)) demand_standing(read, partner->id);
  return found;
}

Partner require_by_ref(Read& read, std::string_view ref) {
  return required(find_by_ref_or_name(read, ref));
}

Partner require_in_the_past(Read& read, std::string_view ref) {
  return required(find_named(read, ref));
}

void for_each_ref(Read& read, std::string_view begin,
                  const std::function<void(std::string_view ref, std::string_view name)>& visit) {
  PartnerQuery query;
  query.sort = "id"_column;
  const std::vector<Column> columns = {"id"_column, "reference"_column, "acronym"_column, "name"_column};
  for_each_row(read, query, columns, [&](const ListedRow& row) {
    const std::string_view name = row.texts.back();
    if (begins_with(row.texts.front(), begin)) return visit(row.texts.front(), name);
    for (std::size_t i = 1; i < columns.size(); ++i) {
      if (begins_with(row.texts[i], begin)) visit(row.texts[i], name);
    }
  });
}

}  // namespace covenant
