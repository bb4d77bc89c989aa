#include "core/model/phone.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::size_t most_digits = 15;

bool is_separator(char32_t c) {
  if (c < 0x80) return std::u32string_view(U" .-()[]").find(c) != std::u32string_view::npos;
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_DASH_PUNCTUATION || type == U_SPACE_SEPARATOR;
}

std::string refusal(std::string_view text) {
  const std::string shown = for_terminal(text);
  const std::string_view rest = text.substr(std::min<std::size_t>(text.size(), 2));
  if (text.starts_with("00") && Phone::parse(fmt::format("+{}", rest)))
    return fmt::format("'{}' has no '+'; did you mean '+{}'?", shown, for_terminal(rest));
  if (!text.starts_with('+') && Phone::parse(fmt::format("+{}", text)))
    return fmt::format("'{}' has no '+'; write '+' and the country's code first", shown);
  return fmt::format("'{}' is not a telephone number; write '+' and up to {} digits", shown, most_digits);
}

}  // namespace

Result<Phone> Phone::parse(std::string_view text) {
  std::string number;
  bool is_valid = true;
  std::string_view rest = trimmed(text);
  if (find_invalid_utf8(rest)) rest = {};
  while (!rest.empty() && is_valid) {
    const char32_t c = take_code_point(rest);
    if (is_separator(c)) continue;
    is_valid = number.empty() ? c == '+' : c < 0x80 && is_digit(static_cast<char>(c));
    number += static_cast<char>(c);
  }
  if (is_valid && number.size() > 1 && number.size() <= most_digits + 1) return Phone(std::move(number));
  return Problem::of(ProblemCode::phone, text, refusal(trimmed(text)));
}

}  // namespace covenant
