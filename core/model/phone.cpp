#include "core/model/phone.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "core/model/text.hpp"
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

}  // namespace

Result<Phone> Phone::parse(std::string_view text) {
  std::string number;
  bool holds = true;
  std::string_view rest = trimmed(text);
  if (find_invalid_utf8(rest)) rest = {};
  while (!rest.empty() && holds) {
    const char32_t c = take_code_point(rest);
    if (is_separator(c)) continue;
    holds = number.empty() ? c == '+' : c >= '0' && c <= '9';
    number += static_cast<char>(c);
  }
  if (holds && number.size() > 1 && number.size() <= most_digits + 1) return Phone(std::move(number));
  return Problem{
      ProblemCode::phone, std::string(text),
      fmt::format("'{}' is not a telephone number: '+' and up to {} digits", for_terminal(text), most_digits),
      "", 0};
}

}  // namespace covenant
