#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/result.hpp"

namespace covenant {

/// The candidate nearest to `word` by edit distance (insert, delete, change or swap neighbours; case, '-' and
/// '_' aside), if it is near: at most a third of the longer word's characters away; else the only candidate
/// that begins with the word, of three characters or more.
std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

/// Whether two words are near by edit distance: at most a third of the longer one's bytes apart.
bool are_near(std::string_view a, std::string_view b);

/// The problem `choice`: "'VALUE' is not one of a, b, c", or "is not a NOUN" where the choice has a noun;
/// with the nearest code suggested when one is near.
Problem not_a_choice(std::string_view value, std::string_view noun, std::span<const std::string_view> codes);

/// The code that a text is but for case, and blanks or '_' in place of '-'; nothing when there is none.
std::optional<std::string_view> meant_code(std::string_view text, std::span<const std::string_view> codes);

/// What one code of an enumeration is called; `Codes` may have it as `noun`.
template <class E>
constexpr std::string_view noun_of() {
  if constexpr (requires { Codes<E>::noun; }) {
    return Codes<E>::noun;
  } else {
    return {};
  }
}

template <class E>
Result<E> parse_code(std::string_view text) {
  if (const auto value = from_code<E>(text)) return *value;
  return not_a_choice(text, noun_of<E>(), Codes<E>::codes);
}

}  // namespace covenant
