#pragma once

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
template <std::size_t size>
using WordBlock [[gnu::vector_size(size)]] = std::uint64_t;

/// Whether any byte of a comparison is not zero.
template <std::size_t size, class Block>
bool any_of_block(const Block& found) {
  WordBlock<size> words;
  std::memcpy(&words, &found, size);
  std::uint64_t any = 0;
  for (std::size_t i = 0; i < size / sizeof(any); ++i) any |= words[i];
  return any != 0;
}

/// Whether `test` accepts the place of one of the bytes of a comparison that are not zero, in their order.
template <std::size_t size, class Block, class Test>
bool any_place(const Block& found, Test test) {
  constexpr bool is_little = std::endian::native == std::endian::little;
  constexpr std::size_t word_size = sizeof(std::uint64_t);
  WordBlock<size> words;
  std::memcpy(&words, &found, size);
  for (std::size_t i = 0; i < size / word_size; ++i) {
    for (std::uint64_t word = words[i]; word != 0;) {
      const auto bits = static_cast<std::size_t>(is_little ? std::countr_zero(word) : std::countl_zero(word));
      const std::size_t byte = bits / 8;
      if (test(i * word_size + byte)) return true;
      word &= ~(std::uint64_t{0xFF} << 8 * (is_little ? byte : word_size - 1 - byte));
    }
  }
  return false;
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

/// Whether any of `size` bytes satisfies `test`: as many as half a block has, or more, up to a whole one.
template <std::size_t block_size, class Test>
bool any_in_ends(const char* bytes, std::size_t size, Test test) {
  constexpr std::size_t half = block_size / 2;
  struct Ends {
    ByteBlock<half> first;
    ByteBlock<half> last;
  } ends;
  std::memcpy(&ends.first, bytes, half);
  std::memcpy(&ends.last, bytes + size - half, half);
  ByteBlock<block_size> block;
  std::memcpy(&block, &ends, block_size);
  return any_of_block<block_size>(test(block));
}

/// Skips blocks of `text`, from `from` on, in which no byte satisfies `test`; no byte before the returned
/// index does. That is the end, or a place where fewer than eight bytes are left or where one of the next
/// eight satisfies it.
template <class Test>
std::size_t pass_blocks(std::string_view text, std::size_t from, Test test) {
  const char* const bytes = text.data();
  const std::size_t left = text.size() - from;
  std::size_t i = from;
  if (left >= 16) {
    while (i + 16 <= text.size() && !any_in_block<16>(bytes + i, test)) i += 16;
    if (i + 16 > text.size() && !any_in_block<16>(bytes + text.size() - 16, test)) return text.size();
  } else if (left >= 4) {
    const bool any =
        left >= 8 ? any_in_ends<16>(bytes + i, left, test) : any_in_ends<8>(bytes + i, left, test);
    if (!any) return text.size();
  }
  return i + 8 <= text.size() && !any_in_block<8>(bytes + i, test) ? i + 8 : i;
}

}  // namespace covenant
