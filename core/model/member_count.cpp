#include "core/model/member_count.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// The digits of a number whose thousands are set apart; nothing when the text is not written so.
std::string without_separators(std::string_view text) {
  std::string digits;
  std::size_t group = 0;
  bool is_first = true;
  for (const char c : text) {
    if (is_digit(c)) {
      digits += c;
      ++group;
    } else {
      const bool is_group = is_first ? group >= 1 && group <= 3 : group == 3;
      if (!is_group || std::string_view(",. '").find(c) == std::string_view::npos) return {};
      group = 0;
      is_first = false;
    }
  }
  return group == 3 ? digits : std::string();
}

}  // namespace

Result<MemberCount> MemberCount::parse(std::string_view text) {
  constexpr std::int64_t most = 10'000'000;
  const std::string_view inner = trimmed(text);
  std::int64_t number = 0;
  const char* end = inner.data() + inner.size();
  const auto [rest, error] = std::from_chars(inner.data(), end, number);
  const bool is_number = !inner.empty() && inner.front() != '-' && error == std::errc() && rest == end;
  if (is_number && number <= most) return MemberCount(number);
  const std::string digits = without_separators(inner);
  const bool is_separated = digits.size() < inner.size() && MemberCount::parse(digits);
  return Problem::of(ProblemCode::number, text,
                     fmt::format("'{}' is not a number{}", revealed(text),
                                 is_separated ? fmt::format("; did you mean '{}'?", digits)
                                              : fmt::format(" from 0 to {}", most)));
}

}  // namespace covenant
