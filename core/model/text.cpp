#include "core/model/text.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/text/ascii.hpp"
#include "core/text/code_point.hpp"
#include "core/text/escape.hpp"
#include "core/text/folding.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// How many bytes the white space at the start takes.
std::size_t leading_blank(std::string_view text) {
  if (static_cast<unsigned char>(text.front()) < 0x80) return is_white_space(text.front()) ? 1 : 0;
  if (find_invalid_utf8(text.substr(0, 4)).value_or(1) == 0) return 0;
  std::string_view rest = text;
  const char32_t c = take_code_point(rest);
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 ? text.size() - rest.size() : 0;
}

/// How many bytes the white space at the end takes.
std::size_t trailing_blank(std::string_view text) {
  if (static_cast<unsigned char>(text.back()) < 0x80) return is_white_space(text.back()) ? 1 : 0;
  std::size_t length = 1;
  while (length < 4 && length < text.size() && is_continuation(text[text.size() - length])) {
    ++length;
  }
  std::string_view last = text.substr(text.size() - length);
  if (find_invalid_utf8(last)) return 0;
  return u_isUWhiteSpace(static_cast<UChar32>(take_code_point(last))) != 0 ? length : 0;
}

/// What a control character is called, and what to do about it.
std::string_view control_fault(char32_t c) {
  if (c == '\n' || c == '\r') return "a line break; write it on one line";
  if (c == 0x202D || c == 0x202E) return "a bidirectional override; remove it";
  if (c == 0x202A || c == 0x202B || c == 0x202C) return "a bidirectional embedding; remove it";
  if (c >= 0x2066 && c <= 0x2069) return "a bidirectional isolate; remove it";
  return "a control character; remove it";
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto is_plain = [](char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x80; };
  if (text.empty() || (is_plain(text.front()) && is_plain(text.back()))) return text;
  while (!text.empty()) {
    const std::size_t blank = leading_blank(text);
    if (blank == 0) break;
    text.remove_prefix(blank);
  }
  while (!text.empty()) {
    const std::size_t blank = trailing_blank(text);
    if (blank == 0) break;
    text.remove_suffix(blank);
  }
  return text;
}

namespace {

/// "Err:502" and the like.
bool is_calc_error(std::string_view text) {
  constexpr std::string_view begin = "Err:";
  constexpr std::size_t size = 7;
  return text.size() == size && text.starts_with(begin) &&
         std::all_of(text.begin() + begin.size(), text.end(), is_digit);
}

/// The text, unless it is too short or too long.
Result<std::string> measured(std::string_view given, std::string normal, std::size_t length,
                             const TextRule& rule) {
  if (length < rule.shortest && normal.empty())
    return Problem::of(ProblemCode::too_short, given, "'' is empty; write a text");
  if (length < rule.shortest) {
    return Problem::of(ProblemCode::too_short, given,
                       fmt::format("{} is too short; at least {} character{}", revealed_in_quotes(normal),
                                   rule.shortest, rule.shortest == 1 ? "" : "s"));
  }
  if (length > rule.longest) {
    return Problem::of(ProblemCode::too_long, given,
                       fmt::format("{} is too long; {} characters, at most {}", revealed_in_quotes(normal),
                                   length, rule.longest));
  }
  return normal;
}

/// Whether the text begins with a letter or digit of ASCII: it can be seen then, and is no spreadsheet's
/// error.
bool begins_plainly(std::string_view text) {
  return text.empty() || ((is_letter(text.front()) || is_digit(text.front())) && !is_calc_error(text));
}

Problem refuse(ProblemCode code, std::string_view text, std::string_view why) {
  return Problem::of(code, text, fmt::format("{} {}", revealed_in_quotes(text), why));
}

}  // namespace

bool is_spreadsheet_error(std::string_view text) {
  constexpr std::array<std::string_view, 15> errors = {
      "#N/A",   "#NAME?",  "#REF!",     "#VALUE!",   "#DIV/0!", "#NUM!",     "#NULL!",       "#SPILL!",
      "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!",  "#UNKNOWN!", "#GETTING_DATA"};
  if (!text.starts_with('#')) return is_calc_error(text);
  return std::find(errors.begin(), errors.end(), upper_case(text)) != errors.end();
}

std::optional<Problem> find_refused_text(std::string_view text) {
  if (text.empty()) return std::nullopt;
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t c = take_code_point(rest);
    if (c == 0x2028 || c == 0x2029) {
      return refuse(ProblemCode::control_character, text,
                    "contains a line or paragraph separator; remove it");
    }
    if (c == 0xFFFD) {
      return refuse(ProblemCode::encoding, text,
                    "contains U+FFFD, in place of a character that was lost; write that character");
    }
    if (is_noncharacter(c))
      return refuse(ProblemCode::control_character, text, "contains a noncharacter; remove it");
  }
  if (!has_visible_character(text))
    return refuse(ProblemCode::invisible, text, "has no visible character; write a text or leave it empty");
  if (is_spreadsheet_error(text))
    return refuse(ProblemCode::spreadsheet, text, "is a spreadsheet's error; write the value");
  return std::nullopt;
}

Result<std::string> parse_text(std::string_view text, const TextRule& rule, Strictness strictness) {
  const std::string_view inner = trimmed(text);
  const LineFeeds line_feeds = rule.lines == Lines::many ? LineFeeds::allowed : LineFeeds::refused;
  const auto length_at_once = fast_code_point_count(inner, line_feeds);
  if (length_at_once && (strictness == Strictness::stored || begins_plainly(inner))) {
    return measured(text, std::string(inner), *length_at_once, rule);
  }
  if (const auto offset = find_invalid_utf8(text)) {
    return Problem::of(
        ProblemCode::encoding, text,
        fmt::format("{} is not UTF-8 at byte {}; save it as UTF-8", revealed_in_quotes(text), *offset + 1));
  }
  if (const auto control = find_control(inner, line_feeds)) {
    return Problem::of(ProblemCode::control_character, text,
                       fmt::format("{} contains {}", revealed_in_quotes(inner), control_fault(*control)));
  }
  if (strictness == Strictness::present) {
    if (auto refused = find_refused_text(inner)) return *std::move(refused);
  }
  std::string normal = to_nfc(inner);
  const std::size_t length = count_code_points(normal);
  return measured(text, std::move(normal), length, rule);
}

}  // namespace covenant
