#include "core/model/text.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "core/text/escape.hpp"
#include "core/text/folding.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

bool is_ascii_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// How many bytes the white space at the start takes.
std::size_t leading_blank(std::string_view text) {
  if (static_cast<unsigned char>(text.front()) < 0x80) return is_ascii_blank(text.front()) ? 1 : 0;
  if (find_invalid_utf8(text.substr(0, 4)).value_or(1) == 0) return 0;
  std::string_view rest = text;
  const char32_t c = take_code_point(rest);
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 ? text.size() - rest.size() : 0;
}

/// How many bytes the white space at the end takes.
std::size_t trailing_blank(std::string_view text) {
  if (static_cast<unsigned char>(text.back()) < 0x80) return is_ascii_blank(text.back()) ? 1 : 0;
  std::size_t length = 1;
  while (length < 4 && length < text.size() &&
         (static_cast<unsigned char>(text[text.size() - length]) & 0xC0U) == 0x80U) {
    ++length;
  }
  std::string_view last = text.substr(text.size() - length);
  if (find_invalid_utf8(last)) return 0;
  return u_isUWhiteSpace(static_cast<UChar32>(take_code_point(last))) != 0 ? length : 0;
}

/// Whether a control character may begin with this byte: C0, DEL, and the first bytes of C1 and of the
/// bidirectional controls.
bool may_begin_control(char byte) {
  return (byte >= 0 && byte < 0x20) || byte == 0x7F || byte == '\xC2' || byte == '\xE2';
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// A line feed, alone or after a carriage return.
bool is_line_end(char32_t c, std::string_view rest) {
  return c == '\n' || (c == '\r' && rest.starts_with('\n'));
}

std::optional<char32_t> find_control(std::string_view text, Lines lines) {
  for (;;) {
    const auto suspect = std::find_if(text.begin(), text.end(), may_begin_control);
    if (suspect == text.end()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(suspect - text.begin()));
    const char32_t c = take_code_point(text);
    if (is_control(c) && !(lines == Lines::many && is_line_end(c, text))) return c;
  }
}

std::string_view clip_value(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

Problem problem_with(ProblemCode code, std::string_view text, std::string message) {
  return {code, std::string(text), std::move(message), "", 0};
}

}  // namespace

std::string_view trimmed(std::string_view text) {
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

/// The text, unless it is too short or too long.
Result<std::string> measured(std::string_view given, std::string normal, std::size_t length,
                             const TextRule& rule) {
  if (length < rule.shortest) {
    return problem_with(ProblemCode::too_short, given,
                        fmt::format("'{}' is too short: at least {} character{}", for_terminal(normal),
                                    rule.shortest, rule.shortest == 1 ? "" : "s"));
  }
  if (length > rule.longest) {
    return problem_with(ProblemCode::too_long, given,
                        fmt::format("{} characters are too many, at most {}: '{}…'", length, rule.longest,
                                    for_terminal(clip_value(normal))));
  }
  return normal;
}

}  // namespace

Result<std::string> parse_text(std::string_view text, const TextRule& rule) {
  const std::string_view inner = trimmed(text);
  if (const auto length =
          fast_code_point_count(inner, rule.lines == Lines::many ? LineFeeds::allowed : LineFeeds::refused)) {
    return measured(text, std::string(inner), *length, rule);
  }
  if (const auto offset = find_invalid_utf8(text)) {
    return problem_with(
        ProblemCode::encoding, text,
        fmt::format("byte {} (0x{:02x}) is not UTF-8: '{}'", *offset + 1,
                    static_cast<unsigned char>(text[*offset]), for_terminal(clip_value(text))));
  }
  if (const auto control = find_control(inner, rule.lines)) {
    return problem_with(ProblemCode::control_character, text,
                        fmt::format("U+{:04X} is not allowed in a text: '{}'",
                                    static_cast<unsigned>(*control), for_terminal(clip_value(inner))));
  }
  std::string normal = to_nfc(inner);
  const std::size_t length = count_code_points(normal);
  return measured(text, std::move(normal), length, rule);
}

}  // namespace covenant
