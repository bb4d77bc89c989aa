#include "core/text/terminal.hpp"

#include <unicode/uchar.h>

#include <algorithm>

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

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  std::size_t taken = columns;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t width = display_width(word);
    if (lines.empty() || taken + 1 + width > columns) {
      lines.emplace_back(word);
      taken = width;
    } else {
      lines.back().append(" ").append(word);
      taken += 1 + width;
    }
  }
  return lines;
}

}  // namespace covenant
