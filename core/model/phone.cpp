#include "core/model/phone.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

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

/// Where a zero alone in brackets is, as it is dialled inside the country only; nothing when there is none.
std::optional<std::pair<std::size_t, std::size_t>> find_trunk_zero(std::string_view text) {
  constexpr auto npos = std::string_view::npos;
  std::size_t begin = 0;
  for (std::size_t close = 0; (close = text.find_first_of(")]", begin)) != npos; begin = close + 1) {
    const std::string_view before = text.substr(begin, close - begin);
    const std::size_t open = before.find_last_of("([");
    if (open != npos && trimmed(before.substr(open + 1)) == "0") return std::pair(begin + open, close + 1);
  }
  return std::nullopt;
}

/// A '+' and the digits, without what separates them; nothing where that is no number.
std::optional<std::string> read_number(std::string_view text) {
  if (find_trunk_zero(text)) return std::nullopt;
  std::string_view rest = trimmed(text);
  if (find_invalid_utf8(rest)) return std::nullopt;
  std::string number;
  while (!rest.empty()) {
    const char32_t c = take_code_point(rest);
    if (is_separator(c)) continue;
    const bool is_part = number.empty() ? c == '+' : c < 0x80 && is_digit(static_cast<char>(c));
    if (!is_part) return std::nullopt;
    number += static_cast<char>(c);
  }
  if (number.size() < 2 || number.size() > most_digits + 1) return std::nullopt;
  return number;
}

std::string refuse_trunk_zero(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view before = trimmed(text.substr(0, begin));
  const std::string_view after = trimmed(text.substr(end));
  const auto without = read_number(fmt::format("{}{}", before, after));
  const auto with = read_number(fmt::format("{}0{}", before, after));
  if (!without || !with) return "";
  return fmt::format("{} has '(0)'; drop it and write '{}', or '{}' where the zero belongs to the number",
                     revealed_in_quotes(text), *without, *with);
}

std::string refusal(std::string_view text) {
  if (const auto zero = find_trunk_zero(text)) {
    std::string message = refuse_trunk_zero(text, zero->first, zero->second);
    if (!message.empty()) return message;
  }
  const std::string shown = revealed_in_quotes(text);
  if (const auto meant = Phone::suggest(text))
    return fmt::format("{} has no '+'; did you mean {}?", shown, revealed_in_quotes(*meant));
  if (!text.starts_with('+') && read_number(fmt::format("+{}", text)))
    return fmt::format("{} has no '+'; write '+' and the country's code first", shown);
  return fmt::format("{} is not a telephone number; write '+' and up to {} digits", shown, most_digits);
}

}  // namespace

std::optional<std::string> Phone::suggest(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (!inner.starts_with("00")) return std::nullopt;
  std::string number = fmt::format("+{}", trimmed(inner.substr(2)));
  return read_number(number) ? std::optional(std::move(number)) : std::nullopt;
}

Result<Phone> Phone::parse(std::string_view text) {
  if (auto number = read_number(text)) return Phone(*std::move(number));
  return Problem::of(ProblemCode::phone, text, refusal(trimmed(text)));
}

}  // namespace covenant
