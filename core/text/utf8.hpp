#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace covenant {

/// The byte offset of the first byte that is not well-formed UTF-8, if there is one.
/// Source: The Unicode Standard, table 3-7.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Whether every byte is below 0x80.
bool is_ascii(std::string_view text);

/// How many code points well-formed UTF-8 has.
std::size_t count_code_points(std::string_view text);

/// Takes the first code point off well-formed, non-empty UTF-8.
char32_t take_code_point(std::string_view& text);

/// How many code points a text has that is usual: well-formed UTF-8 in Normalization Form C without control
/// characters (line feeds aside, where `line_feeds` allows them), as far as a look at each byte tells: ASCII,
/// the Latin, Greek and Cyrillic letters that do not decompose otherwise, usual quotes and dashes. Nothing
/// says only that the text has to be looked at in full.
/// Source: Unicode Character Database, DerivedNormalizationProps (NFC_Quick_Check).
std::optional<std::size_t> usual_length(std::string_view text, bool line_feeds);

}  // namespace covenant
