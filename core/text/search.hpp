#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// The text as searches see it: case folded, without diacritics, runs of white space made one blank.
/// `text` is well-formed UTF-8.
std::string search_key(std::string_view text);

}  // namespace covenant
