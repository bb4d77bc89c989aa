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

/// `text` in lines of at most `columns`, broken at blanks. A word that is longer, such as a URL, is a line of
/// its own and not broken. A text without words is no line.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace covenant
