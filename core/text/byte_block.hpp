#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace covenant {

/// Bytes that are tested together. Comparing a block with a number makes a block: all ones where it is true.
/// Source: GCC manual, "Using Vector Instructions through Built-in Functions".
template <std::size_t size>
using ByteBlock [[gnu::vector_size(size)]] = unsigned char;

/// Whether any byte of a comparison is not zero.
template <std::size_t size, class Block>
bool any_of_block(const Block& found) {
  std::array<std::uint64_t, size / sizeof(std::uint64_t)> words;
  std::memcpy(words.data(), &found, size);
  std::uint64_t any = 0;
  for (const std::uint64_t word : words) any |= word;
  return any != 0;
}

/// Whether any byte of the block of `size` bytes at `bytes` satisfies `test`.
template <std::size_t size, class Test>
bool any_in_block(const char* bytes, Test test) {
  ByteBlock<size> block;
  std::memcpy(&block, bytes, size);
  return any_of_block<size>(test(block));
}

/// How many of the eight bytes at `bytes` come before the first that satisfies `test`; eight when none does.
template <class Test>
std::size_t count_before(const char* bytes, Test test) {
  ByteBlock<8> block;
  std::memcpy(&block, bytes, sizeof(block));
  const auto found = test(block);
  std::uint64_t word = 0;
  std::memcpy(&word, &found, sizeof(word));
  const int bits =
      std::endian::native == std::endian::little ? std::countr_zero(word) : std::countl_zero(word);
  return static_cast<std::size_t>(bits) / 8;
}

/// Skips whole blocks of `text`, from `from` on, in which no byte satisfies `test`; no byte before the
/// returned index does. That is the end, or a place where fewer than eight bytes are left or where one of the
/// next eight satisfies it.
template <class Test>
std::size_t pass_blocks(std::string_view text, std::size_t from, Test test) {
  const char* const bytes = text.data();
  std::size_t i = from;
  while (i + 16 <= text.size() && !any_in_block<16>(bytes + i, test)) i += 16;
  while (i + 8 <= text.size() && !any_in_block<8>(bytes + i, test)) i += 8;
  const bool is_tail = i >= from + 8 && i < text.size() && i + 8 > text.size();
  return is_tail && !any_in_block<8>(bytes + text.size() - 8, test) ? text.size() : i;
}

}  // namespace covenant
