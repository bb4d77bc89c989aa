#include "core/model/member_count.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// The separators of thousands that are no ASCII: no-break and thin blanks, and a typographer's apostrophe.
std::string with_plain_separators(std::string_view text) {
  std::string plain(text);
  for (const std::string_view separator : {"\u00A0", "\u2009", "\u202F", "\u2019"}) {
    for (std::size_t at = plain.find(separator); at != std::string::npos; at = plain.find(separator, at))
      plain.replace(at, separator.size(), 1, ' ');
  }
  return plain;
}

/// Without the fraction that a spreadsheet gives a whole number: "27.0", "1,250.00". Three zeros are
/// thousands.
std::string_view without_fraction(std::string_view text) {
  for (const std::string_view zeros : {".00", ",00", ".0", ",0"}) {
    if (text.size() > zeros.size() && text.ends_with(zeros))
      return text.substr(0, text.size() - zeros.size());
  }
  return text;
}

/// The digits of a whole number that a spreadsheet shortened: "1.2E+03". Nothing for other texts.
std::string without_exponent(std::string_view text) {
  constexpr double most = 1e7;
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const bool is_whole =
      error == std::errc() && rest == end && number >= 1 && number <= most && number == std::floor(number);
  return is_whole && text.find_first_of("eE") != std::string_view::npos ? fmt::format("{:.0f}", number) : "";
}

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

/// The digits of the number that a text clearly means; nothing when it means none.
std::string meant_by(std::string_view text) {
  const std::string plain = with_plain_separators(text);
  if (std::string digits = without_exponent(plain); !digits.empty()) return digits;
  const std::string_view whole = without_fraction(plain);
  const bool is_plain = whole.find_first_not_of("0123456789") == std::string_view::npos;
  return is_plain ? std::string(whole) : without_separators(whole);
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
  const std::string digits = meant_by(inner);
  const bool is_meant = digits != inner && MemberCount::parse(digits);
  return Problem::of(ProblemCode::number, text,
                     fmt::format("{} is not a number{}", revealed_in_quotes(text),
                                 is_meant ? fmt::format("; did you mean '{}'?", digits)
                                          : fmt::format(" from 0 to {}", most)));
}

}  // namespace covenant
