#include "core/model/phone.hpp"

#include <fmt/format.h>

#include "core/model/text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::size_t most_digits = 15;

bool is_separator(char c) {
  return std::string_view(" .-()[]").find(c) != std::string_view::npos;
}

}  // namespace

Result<Phone> Phone::parse(std::string_view text) {
  std::string number;
  bool holds = true;
  for (const char c : trimmed(text)) {
    if (is_separator(c)) continue;
    holds = holds && (number.empty() ? c == '+' : c >= '0' && c <= '9');
    number += c;
  }
  if (holds && number.size() > 1 && number.size() <= most_digits + 1) return Phone(std::move(number));
  return Problem{
      ProblemCode::phone, std::string(text),
      fmt::format("'{}' is not a telephone number: '+' and up to {} digits", for_terminal(text), most_digits),
      "", 0};
}

}  // namespace covenant
