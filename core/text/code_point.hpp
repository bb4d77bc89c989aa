#pragma once

#include <string_view>

namespace covenant {

/// Whether the code point never is a character. Source: The Unicode Standard, section 23.7.
constexpr bool is_noncharacter(char32_t c) {
  return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFEU;
}

/// Whether the character shows nothing: it is white space, or Default_Ignorable_Code_Point, which is not
/// shown by itself (joiners, fillers, variation selectors, tags), or the empty pattern of Braille. Source:
/// Unicode Character Database, PropList and DerivedCoreProperties.
bool is_blank_or_ignorable(char32_t c);

/// The same without white space and the pattern.
bool is_ignorable(char32_t c);

/// Whether well-formed UTF-8 has a character that is invisible by default.
bool has_ignorable(std::string_view text);

/// Whether well-formed UTF-8 has a character that can be seen: one that shows something, not only a mark on
/// the character before.
bool has_visible_character(std::string_view text);

}  // namespace covenant
