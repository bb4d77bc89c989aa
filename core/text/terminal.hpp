#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace covenant {

/// How many columns of a terminal well-formed UTF-8 takes: 2 for wide and full-width characters and for
/// emoji, 0 for combining and invisible ones. Source: Unicode Standard Annex 11.
std::size_t display_width(std::string_view text);

/// `text` cut to at most `columns`, with '…' in the last one when something was cut; never inside a character
/// and its combining marks.
std::string clipped(std::string_view text, std::size_t columns);

/// What becomes of a word that is longer than a line: it stays whole, or is broken where its script has no
/// blanks between words (Chinese, Japanese, Thai) and between the syllables of Korean.
enum class LongWords { whole, broken };

/// `text` in lines of at most `columns`, broken at blanks. A longer word that cannot be broken, such as a
/// URL, is a line of its own. A text without words is no line. Thai may be broken within a word, but not
/// within a character and its marks. Source: Unicode Standard Annex 14, in part.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns,
                                 LongWords long_words = LongWords::broken);

}  // namespace covenant
