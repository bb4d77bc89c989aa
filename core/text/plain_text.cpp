#include "core/text/plain_text.hpp"

#include "core/text/byte_block.hpp"

namespace covenant {

namespace {

bool is_continuation(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U;
}

/// A character of two bytes: U+00A0 to U+02FF, U+0388 to U+0482, U+048A to U+0555. Between them are combining
/// marks and characters whose normal form is another.
bool is_usual_pair(unsigned char lead, unsigned char next) {
  if (lead < 0xC2 || lead > 0xD4 || !is_continuation(next)) return false;
  const unsigned point = (lead & 0x1FU) << 6U | (next & 0x3FU);
  return (point >= 0xA0 && point < 0x300) || (point >= 0x388 && point <= 0x482) ||
         (point >= 0x48A && point <= 0x52F);
}

/// Quotes, dashes, bullets and the ellipsis (U+2010 to U+2026), and the euro sign.
bool is_usual_triple(std::string_view bytes) {
  const auto last = static_cast<unsigned char>(bytes[2]);
  return (bytes.starts_with("\xE2\x80") && last >= 0x90 && last <= 0xA6) || bytes == "\xE2\x82\xAC";
}

constexpr std::size_t block_size = 16;

bool is_printable_block(const char* bytes) {
  return !any_in_block<block_size>(bytes, [](const auto& block) { return (block < 0x20) | (block > 0x7E); });
}

}  // namespace

std::optional<std::size_t> usual_length(std::string_view text, bool line_feeds) {
  const char* const data = text.data();
  std::size_t length = text.size();
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(data[i]);
    if (byte < 0x7F && i + block_size <= text.size() && is_printable_block(data + i)) {
      i += block_size;
    } else if ((byte >= 0x20 && byte < 0x7F) || (byte == '\n' && line_feeds)) {
      ++i;
    } else if (i + 1 < text.size() && is_usual_pair(byte, static_cast<unsigned char>(data[i + 1]))) {
      i += 2;
      length -= 1;
    } else if (i + 2 < text.size() && is_usual_triple(text.substr(i, 3))) {
      i += 3;
      length -= 2;
    } else {
      return std::nullopt;
    }
  }
  return length;
}

}  // namespace covenant
