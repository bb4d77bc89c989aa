#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace covenant {

/// The written codes of an enumeration whose enumerators count from 0, in their order. Specialised beside
/// each enumeration that has codes.
template <class E>
struct Codes;

/// How many codes the enumeration has.
template <class E>
inline constexpr std::size_t code_count = Codes<E>::codes.size();

template <class E>
constexpr std::string_view code_of(E value) {
  return Codes<E>::codes[static_cast<std::size_t>(value)];
}

/// The enumerator with that exact code, if there is one.
template <class E>
constexpr std::optional<E> from_code(std::string_view code) {
  for (std::size_t i = 0; i < code_count<E>; ++i) {
    if (Codes<E>::codes[i] == code) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace covenant
