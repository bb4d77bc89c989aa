#pragma once

#include <cstddef>
#include <string_view>

#include "core/text/byte_block.hpp"

// Finds the bytes that an escape has to replace. Most texts have none: looking at sixteen bytes at once
// halves the time of a CSV export, and makes one of HTML a quarter faster.

namespace covenant {

/// Whether the byte stops a search for any of `stops`.
template <char... stops>
constexpr bool is_one_of(char byte) {
  return ((byte == stops) || ...);
}

/// The index of the first byte at or after `from` that is one of `stops`, or below `lowest`; the size of the
/// text when there is none.
template <unsigned char lowest, char... stops>
std::size_t find_byte(std::string_view text, std::size_t from = 0) {
  const auto stops_in = [](const auto& block) {
    return ((block == static_cast<unsigned char>(stops)) | ... | (block < lowest));
  };
  std::size_t i = pass_blocks(text, from, stops_in);
  if (i + 8 <= text.size()) return i + count_before(text.data() + i, stops_in);
  const auto stops_here = [](char byte) {
    return is_one_of<stops...>(byte) || static_cast<unsigned char>(byte) < lowest;
  };
  while (i < text.size() && !stops_here(text[i])) ++i;
  return i;
}

}  // namespace covenant
