#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// A key that names share which are the same, or may be taken for each other. Others may share it as well:
/// whoever finds one compares with `similarity_key` and `look_alike`. Not for reading.
std::string lookalike_key(std::string_view text);
/// The same of a text of which that is the `similarity_key`.
std::string lookalike_key_of(std::string_view same);

/// Whether two names, punctuation and white space aside, may be taken for each other: they are confusable, or
/// differ only in marks that make a letter of its own.
/// Source: Unicode Technical Standard 39, section 4 (skeletons).
bool look_alike(std::string_view a, std::string_view b);

}  // namespace covenant
