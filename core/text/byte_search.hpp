#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace covenant {

/// Whether the byte stops a search for any of `stops`.
template <char... stops>
constexpr bool is_one_of(char byte) {
  return ((byte == stops) || ...);
}

/// Where the first byte at or after `from` is that is one of `stops`, or below `lowest` (at most 0x20); the
/// size of the text when there is none. Eight bytes are looked at together.
/// Source: Henry S. Warren, Hacker's Delight, section 6-1 (a zero byte in a word).
template <unsigned char lowest, char... stops>
std::size_t find_byte(std::string_view text, std::size_t from = 0) {
  static_assert(lowest <= 0x20);
  constexpr std::uint64_t ones = 0x0101010101010101ULL;
  constexpr std::uint64_t tops = ones * 0x80;
  const auto has_zero = [](std::uint64_t block) { return (block - ones) & ~block & tops; };
  std::size_t i = from;
  for (; i + sizeof ones <= text.size(); i += sizeof ones) {
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + i, sizeof block);
    std::uint64_t found =
        (has_zero(block ^ (ones * static_cast<unsigned char>(stops))) | ... | std::uint64_t{0});
    if constexpr (lowest > 0) found |= (block - ones * lowest) & ~block & tops;
    if (found != 0) break;
  }
  const auto stops_here = [](char byte) {
    return is_one_of<stops...>(byte) || static_cast<unsigned char>(byte) < lowest;
  };
  while (i < text.size() && !stops_here(text[i])) ++i;
  return i;
}

}  // namespace covenant
