#include "core/model/text.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "core/text/ascii.hpp"
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

/// The text in quotes, cut where it is long.
std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  const std::string_view head = cut(text, longest);
  return fmt::format("'{}{}'", for_terminal(head), head.size() < text.size() ? "…" : "");
}

/// What a control character is called.
std::string_view control_name(char32_t c) {
  if (c == 0x202D || c == 0x202E) return "bidirectional override";
  if (c == 0x202A || c == 0x202B || c == 0x202C) return "bidirectional embedding";
  if (c >= 0x2066 && c <= 0x2069) return "bidirectional isolate";
  return "control character";
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
    return Problem::of(ProblemCode::too_short, given,
                       fmt::format("{} is too short; at least {} character{}", in_quotes(normal),
                                   rule.shortest, rule.shortest == 1 ? "" : "s"));
  }
  if (length > rule.longest) {
    return Problem::of(
        ProblemCode::too_long, given,
        fmt::format("{} is too long; {} characters, at most {}", in_quotes(normal), length, rule.longest));
  }
  return normal;
}

}  // namespace

Result<std::string> parse_text(std::string_view text, const TextRule& rule) {
  const std::string_view inner = trimmed(text);
  const LineFeeds line_feeds = rule.lines == Lines::many ? LineFeeds::allowed : LineFeeds::refused;
  if (const auto length = fast_code_point_count(inner, line_feeds)) {
    return measured(text, std::string(inner), *length, rule);
  }
  if (const auto offset = find_invalid_utf8(text)) {
    return Problem::of(
        ProblemCode::encoding, text,
        fmt::format("{} is not UTF-8 at byte {}; save it as UTF-8", in_quotes(text), *offset + 1));
  }
  if (const auto control = find_control(inner, line_feeds)) {
    return Problem::of(ProblemCode::control_character, text,
                       fmt::format("{} contains a {}, U+{:04X}; remove it", in_quotes(inner),
                                   control_name(*control), static_cast<unsigned>(*control)));
  }
  std::string normal = to_nfc(inner);
  const std::size_t length = count_code_points(normal);
  return measured(text, std::move(normal), length, rule);
}

}  // namespace covenant
