#include "core/ops/find.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.hpp"
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
  return Problem::of(
      ProblemCode::partner, ref,
      fmt::format("no partner '{}'; write an id like AP-0031 or a reference", for_terminal(ref)), "partner");
}

namespace {

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
    text += fmt::format("{} ({})", partner.id.str(), for_terminal(partner.name));
  }
  return text;
}

}  // namespace

std::variant<Partner, Problem> find_by_ref_or_name(Read& read, std::string_view ref) {
  auto found = find_by_ref(read, ref);
  if (std::holds_alternative<Partner>(found) || is_like_an_id(ref) || find_invalid_utf8(ref)) return found;
  if (auto partner = find_by_name(read, ref)) return *std::move(partner);
  const std::string near = suggestions(read, ref);
  return Problem::of(ProblemCode::partner, ref,
                     fmt::format("no partner '{}'; {}", for_terminal(ref),
                                 near.empty() ? "write an id like AP-0031, a reference, an acronym or a name"
                                              : fmt::format("did you mean {}?", near)),
                     "partner");
}

Partner require_by_ref(Read& read, std::string_view ref) {
  auto found = find_by_ref_or_name(read, ref);
  if (const auto* problem = std::get_if<Problem>(&found)) throw Error(ErrorKind::not_found, problem->message);
  return std::get<Partner>(std::move(found));
}

}  // namespace covenant
