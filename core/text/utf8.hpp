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

/// Takes the first code point off a text, and never reads past its end: of a byte that begins no well-formed
/// sequence, that byte alone is taken, and of an empty text nothing; the code point is U+FFFD then.
/// Source: The Unicode Standard, section 3.9, "U+FFFD Substitution".
char32_t take_code_point(std::string_view& text);

/// Whether a text may have line feeds.
enum class LineFeeds { refused, allowed };

/// The first control character of well-formed UTF-8: C0, DEL, C1, and the bidirectional embeddings, overrides
/// and isolates (U+202A–U+202E, U+2066–U+2069). Line feeds, also after a carriage return, are none where they
/// are allowed. Source: Unicode Standard Annex 9 (bidirectional controls).
std::optional<char32_t> find_control(std::string_view text, LineFeeds line_feeds);

/// Whether a text is well-formed UTF-8 in which `find_control` finds nothing.
bool is_clean_utf8(std::string_view text, LineFeeds line_feeds);

/// Fast path: how many code points a text has that is certainly well-formed UTF-8 in Normalization Form C
/// without control characters (but line feeds, where they are allowed), from a look at each byte: ASCII, the
/// Latin, Greek and Cyrillic letters that have no other form, common quotes and dashes. Nothing means only
/// that the text needs the full check.
/// Source: Unicode Character Database, DerivedNormalizationProps (NFC_Quick_Check).
std::optional<std::size_t> fast_code_point_count(std::string_view text, LineFeeds line_feeds);

}  // namespace covenant
