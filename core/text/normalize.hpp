#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// Well-formed UTF-8 in Unicode Normalization Form C. Source: Unicode Standard Annex 15.
std::string to_nfc(std::string_view text);

/// The key by which two names are the same: case folded (full), without diacritics, punctuation, white space
/// and invisible characters; letters with a stroke (ø, ł, đ, ħ, ŧ) are their plain letters. A name of nothing
/// else keeps its characters. Not for reading. Source: product.md section 5, "Duplicates".
std::string similarity_key(std::string_view text);

}  // namespace covenant
