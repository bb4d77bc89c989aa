#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// The text as searches see it: case folded, without diacritics, runs of white space made one blank.
/// `text` is well-formed UTF-8.
std::string search_key(std::string_view text);

/// The words of the text as searches see it, one blank between them: what is neither a letter, a digit nor a
/// mark parts words.
std::string search_words(std::string_view text);

}  // namespace covenant
