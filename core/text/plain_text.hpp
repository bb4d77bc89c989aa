#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace covenant {

/// How many code points a text has that is usual: well-formed UTF-8 in Normalization Form C without control
/// characters (line feeds aside, where `line_feeds` allows them), as far as a look at each byte tells: ASCII,
/// the Latin, Greek and Cyrillic letters that do not decompose otherwise, usual quotes and dashes. Nothing
/// says only that the text has to be looked at in full.
/// Source: Unicode Character Database, DerivedNormalizationProps (NFC_Quick_Check).
std::optional<std::size_t> usual_length(std::string_view text, bool line_feeds);

}  // namespace covenant
