#include "core/text/terminal.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "core/text/ascii.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// Whether a character is one of Latin, Greek or Cyrillic that takes one column: no mark, none that is
/// ignored, none that is wide. To ask ICU for each property would take most of the time of a list.
bool is_common(char32_t point) {
  constexpr char32_t soft_hyphen = 0xAD;
  return (point < 0x300 && point != soft_hyphen) || (point >= 0x370 && point < 0x483);
}

std::size_t width_of(char32_t point) {
  if (is_common(point)) return 1;
  const auto c = static_cast<UChar32>(point);
  const int8_t type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return 0;
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) return 0;
  if (u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION) != 0) return 2;
  const int32_t east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

int32_t line_break_class(char32_t point) {
  return u_getIntPropertyValue(static_cast<UChar32>(point), UCHAR_LINE_BREAK);
}

/// Whether a line may end beside the character without a blank.
bool is_run_together(char32_t point) {
  return line_break_class(point) == U_LB_COMPLEX_CONTEXT || width_of(point) == 2;
}

/// Whether a line may end behind the character, as far as it is concerned.
bool can_end_line(char32_t point) {
  switch (line_break_class(point)) {
    case U_LB_OPEN_PUNCTUATION:
    case U_LB_PREFIX_NUMERIC:
    case U_LB_QUOTATION:
    case U_LB_GLUE:
    case U_LB_WORD_JOINER:
    case U_LB_ZWJ:
      return false;
    default:  // Thai writes some vowels before their consonant
      return u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_LOGICAL_ORDER_EXCEPTION) == 0;
  }
}

/// Whether a line may begin with the character, as far as it is concerned.
bool can_begin_line(char32_t point) {
  switch (line_break_class(point)) {
    case U_LB_CLOSE_PUNCTUATION:
    case U_LB_CLOSE_PARENTHESIS:
    case U_LB_EXCLAMATION:
    case U_LB_INFIX_NUMERIC:
    case U_LB_BREAK_SYMBOLS:
    case U_LB_NONSTARTER:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_INSEPARABLE:
    case U_LB_BREAK_AFTER:
    case U_LB_HYPHEN:
    case U_LB_POSTFIX_NUMERIC:
    case U_LB_QUOTATION:
    case U_LB_GLUE:
    case U_LB_WORD_JOINER:
    case U_LB_E_MODIFIER:
      return false;
    default:
      const auto c = static_cast<UChar32>(point);
      return width_of(point) > 0 &&
             u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK) != U_GCB_SPACING_MARK;
  }
}

struct Span {
  std::size_t begin;
  std::size_t end;
};

/// The first URL of a word from there on; behind the word when there is none.
Span find_url(std::string_view word, std::size_t from) {
  const std::size_t mark = word.find("://", from);
  if (mark == std::string_view::npos) return {word.size(), word.size()};
  std::size_t begin = mark;
  while (begin > from && is_letter(word[begin - 1])) --begin;
  const std::size_t bracket = word.find('>', mark);
  return {begin, bracket == std::string_view::npos ? word.size() : bracket + 1};
}

/// A word in pieces between which a line may end.
std::vector<std::string_view> pieces_of(std::string_view word) {
  std::vector<std::string_view> pieces;
  if (is_ascii(word)) return {word};
  Span url = find_url(word, 0);
  std::size_t begin = 0;
  std::string_view rest = word;
  char32_t before = take_code_point(rest);
  while (!rest.empty()) {
    const std::size_t at = word.size() - rest.size();
    const char32_t after = take_code_point(rest);
    if (at >= url.end) url = find_url(word, at);
    const bool may_break =
        (is_run_together(before) || is_run_together(after)) && can_end_line(before) && can_begin_line(after);
    if (may_break && at <= url.begin) {
      pieces.push_back(word.substr(begin, at - begin));
      begin = at;
    }
    before = after;
  }
  pieces.push_back(word.substr(begin));
  return pieces;
}

/// Lines that are filled one after the other.
class Lines {
 public:
  explicit Lines(std::size_t columns) : columns_(columns) {}

  /// Appends a text that is not broken, behind `separator` where it is not the first of its line.
  void append(std::string_view text, std::string_view separator) {
    const std::size_t width = display_width(text);
    if (lines_.empty() || taken_ + separator.size() + width > columns_) {
      lines_.emplace_back(text);
      taken_ = width;
    } else {
      lines_.back().append(separator).append(text);
      taken_ += separator.size() + width;
    }
  }

  std::vector<std::string> take() { return std::move(lines_); }

 private:
  std::size_t columns_;
  std::size_t taken_ = 0;
  std::vector<std::string> lines_;
};

}  // namespace

std::size_t display_width(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t width = 0;
  while (!text.empty()) width += width_of(take_code_point(text));
  return width;
}

std::string clipped(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return "";
  std::size_t width = 0;
  std::string_view rest = text;
  for (;;) {
    const std::string_view before = rest;
    width += width_of(take_code_point(rest));
    if (width > columns - 1) return std::string(text.substr(0, text.size() - before.size())) + "…";
  }
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns, LongWords long_words) {
  Lines lines(columns);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (long_words == LongWords::whole || display_width(word) <= columns) {
      lines.append(word, " ");
      continue;
    }
    std::string_view separator = " ";
    for (const std::string_view piece : pieces_of(word)) lines.append(piece, std::exchange(separator, ""));
  }
  return lines.take();
}

}  // namespace covenant
