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

/// Fast path: the number of code points, if the text is certainly well-formed UTF-8 in Normalization Form C
/// without control characters (line feeds aside, where `line_feeds` allows them): if it has only ASCII, the
/// Latin, Greek and Cyrillic letters that do not decompose otherwise, and common quotes and dashes. Otherwise
/// nothing, and the text needs the full check.
/// Source: Unicode Character Database, DerivedNormalizationProps (NFC_Quick_Check).
std::optional<std::size_t> fast_code_point_count(std::string_view text, bool line_feeds);

}  // namespace covenant
