#include "core/model/field_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

Result<MembershipBased> FieldType<MembershipBased>::parse(std::string_view text, Strictness /*strictness*/) {
  if (const auto value = from_code<MembershipBased>(text)) return *value;
  const auto meant = suggest(text);
  if (!meant) return parse_code<MembershipBased>(text);
  return Problem::of(
      ProblemCode::choice, text,
      fmt::format("{} is not one of no, yes; did you mean '{}'?", revealed_in_quotes(text), *meant));
}

std::optional<std::string> FieldType<MembershipBased>::suggest(std::string_view text) {
  constexpr std::array<std::string_view, 6> affirmed = {"yes", "y", "true", "t", "1", "x"};
  constexpr std::array<std::string_view, 5> denied = {"no", "n", "false", "f", "0"};
  const std::string word = lower_case(trimmed(text));
  const auto is_among = [&](const auto& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  if (is_among(affirmed)) return "yes";
  if (is_among(denied)) return "no";
  return std::nullopt;
}

}  // namespace covenant
