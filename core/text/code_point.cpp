#include "core/text/code_point.hpp"

#include <unicode/uchar.h>

#include "core/text/utf8.hpp"

namespace covenant {

bool is_ignorable(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool has_ignorable(std::string_view text) {
  if (is_ascii(text)) return false;
  while (!text.empty()) {
    if (is_ignorable(take_code_point(text))) return true;
  }
  return false;
}

bool is_blank_or_ignorable(char32_t c) {
  constexpr char32_t empty_braille = 0x2800;
  return c == empty_braille || is_ignorable(c) || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool has_visible_character(std::string_view text) {
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    const auto type = u_charType(static_cast<UChar32>(c));
    const bool is_mark = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
    if (!is_mark && type != U_CONTROL_CHAR && !is_blank_or_ignorable(c)) return true;
  }
  return false;
}

}  // namespace covenant
