#include "core/text/utf8.hpp"

#include <algorithm>

#include "core/text/byte_block.hpp"

namespace covenant {

namespace {

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U;
}

/// The length of the well-formed sequence of several bytes at the start of `text`, 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_continuation(byte(i))) return 0;
  }
  return length;
}

/// How many bytes at the start are ASCII.
std::size_t ascii_prefix(std::string_view text) {
  std::size_t i = pass_blocks(text, 0, [](const auto& block) { return block >= 0x80; });
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

}  // namespace

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const std::string_view rest = text.substr(offset);
    const bool begins_ascii = static_cast<unsigned char>(rest.front()) < 0x80;
    const std::size_t length = begins_ascii ? ascii_prefix(rest) : sequence_length(rest);
    if (length == 0) return offset;
    offset += length;
  }
  return std::nullopt;
}

bool is_ascii(std::string_view text) {
  return ascii_prefix(text) == text.size();
}

std::size_t count_code_points(std::string_view text) {
  const auto continuations = std::count_if(
      text.begin(), text.end(), [](char c) { return is_continuation(static_cast<unsigned char>(c)); });
  return text.size() - static_cast<std::size_t>(continuations);
}

char32_t take_code_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  constexpr unsigned lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t point = lead & lead_bits[length];
  for (std::size_t i = 1; i < length; ++i)
    point = point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return point;
}

}  // namespace covenant
