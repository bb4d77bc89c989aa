#include "core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/text/ascii.hpp"
#include "core/text/byte_block.hpp"

namespace covenant {

namespace {

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
    if (!is_continuation(text[i])) return 0;
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
  const auto continuations = std::count_if(text.begin(), text.end(), is_continuation);
  return text.size() - static_cast<std::size_t>(continuations);
}

char32_t take_code_point(std::string_view& text) {
  constexpr char32_t replacement = 0xFFFD;
  if (text.empty()) return replacement;
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) {
    text.remove_prefix(1);
    return lead;
  }
  const std::size_t length = sequence_length(text);
  if (length == 0) {
    text.remove_prefix(1);
    return replacement;
  }
  constexpr unsigned lead_bits[] = {0, 0, 0x1F, 0x0F, 0x07};
  char32_t point = lead & lead_bits[length];
  for (std::size_t i = 1; i < length; ++i)
    point = point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  text.remove_prefix(length);
  return point;
}

namespace {

/// Whether a control character may begin with this byte: C0, DEL, and the first bytes of C1 and of the
/// bidirectional controls.
bool may_begin_control(char byte) {
  return (byte >= 0 && byte < 0x20) || byte == 0x7F || byte == '\xC2' || byte == '\xE2';
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// A line feed, alone or after a carriage return.
bool is_line_end(char32_t c, std::string_view rest) {
  return c == '\n' || (c == '\r' && rest.starts_with('\n'));
}

}  // namespace

std::optional<char32_t> find_control(std::string_view text, LineFeeds line_feeds) {
  for (;;) {
    const auto suspect = std::find_if(text.begin(), text.end(), may_begin_control);
    if (suspect == text.end()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(suspect - text.begin()));
    const char32_t c = take_code_point(text);
    if (is_control(c) && !(line_feeds == LineFeeds::allowed && is_line_end(c, text))) return c;
  }
}

namespace {

constexpr std::size_t width = 16;

using Bytes = ByteBlock<width>;
using SignedBytes [[gnu::vector_size(width)]] = signed char;

/// The bytes from `first` to `last`, by one comparison with a sign, which most processors have.
SignedBytes within(const Bytes& bytes, unsigned char first, unsigned char last) {
  const auto signed_byte = [](int value) { return static_cast<signed char>(value); };
  const Bytes moved = bytes + static_cast<unsigned char>(0x80 - first);
  return __builtin_convertvector(moved, SignedBytes) < signed_byte(0x80 + last - first + 1);
}

/// The bytes of a block that may be wrong where they are, from a look at the bytes one and two places before
/// each. Sure are only ASCII, characters of two bytes, and those of three that begin with E2, as quotes and
/// dashes do.
SignedBytes suspects(const Bytes& block, const Bytes& before, const Bytes& two_before,
                     unsigned char line_feed) {
  const auto continues = within(block, 0x80, 0xBF);
  const auto may_be_here = within(block, 0x20, 0x7E) | (block == line_feed) | continues |
                           within(block, 0xC2, 0xDF) | (block == 0xE2);
  const auto is_third = two_before == 0xE2;
  const auto is_misplaced = continues ^ (within(before, 0xC0, 0xFF) | is_third);
  const auto may_be_c1 = (before == 0xC2) & within(block, 0x80, 0x9F);
  const auto may_be_bidi = is_third & within(before, 0x80, 0x81) & within(block, 0xA6, 0xAE);
  return ~may_be_here | is_misplaced | may_be_c1 | may_be_bidi;
}

/// Clean texts of the languages of the Union, from a look at sixteen bytes at once; false only means that the
/// text needs the full check.
bool is_surely_clean(std::string_view text, LineFeeds line_feeds) {
  constexpr std::size_t look_back = 2;
  const unsigned char line_feed = line_feeds == LineFeeds::allowed ? '\n' : ' ';
  SignedBytes found{};
  const auto look_at = [&](const char* bytes) {
    Bytes block;
    Bytes before;
    Bytes two_before;
    std::memcpy(&block, bytes, width);
    std::memcpy(&before, bytes - 1, width);
    std::memcpy(&two_before, bytes - look_back, width);
    found |= suspects(block, before, two_before, line_feed);
  };
  std::array<char, look_back + width> edge{};
  std::size_t i = pass_blocks(text, 0, [](const auto& block) { return block - 0x20 >= 0x7F - 0x20; });
  if (i == text.size()) return true;
  if (i == 0) {
    edge.fill(' ');
    text.copy(edge.data() + look_back, width);
    look_at(edge.data() + look_back);
    i = width;
  }
  for (; i + width <= text.size(); i += width) look_at(text.data() + i);
  if (i < text.size() + look_back) {  // also a character that the end of the text cuts
    edge.fill(' ');
    text.copy(edge.data(), edge.size(), i - look_back);
    look_at(edge.data() + look_back);
  }
  return !any_of_block<width>(found);
}

}  // namespace

bool is_clean_utf8(std::string_view text, LineFeeds line_feeds) {
  return is_surely_clean(text, line_feeds) || (!find_invalid_utf8(text) && !find_control(text, line_feeds));
}

namespace {

/// A character of two bytes: U+00A0 to U+02FF, U+0388 to U+0482, U+048A to U+0555. Between them are combining
/// marks and characters whose normal form is another.
bool is_plain_pair(unsigned char lead, unsigned char next) {
  if (lead < 0xC2 || lead > 0xD4 || !is_continuation(static_cast<char>(next))) return false;
  const unsigned point = (lead & 0x1FU) << 6U | (next & 0x3FU);
  return (point >= 0xA0 && point < 0x300) || (point >= 0x388 && point <= 0x482) ||
         (point >= 0x48A && point <= 0x52F);
}

/// Quotes, dashes, bullets and the ellipsis (U+2010 to U+2026), and the euro sign.
bool is_plain_triple(std::string_view bytes) {
  const auto last = static_cast<unsigned char>(bytes[2]);
  return (bytes.starts_with("\xE2\x80") && last >= 0x90 && last <= 0xA6) || bytes == "\xE2\x82\xAC";
}

}  // namespace

std::optional<std::size_t> fast_code_point_count(std::string_view text, LineFeeds line_feeds) {
  const auto is_special = [](const auto& block) { return (block < 0x20) | (block >= 0x7F); };
  std::size_t length = text.size();
  for (std::size_t i = 0; i < text.size();) {
    if (is_letter(text[i]) && i + 8 <= text.size()) {
      i = pass_blocks(text, i, is_special);
      if (i + 8 <= text.size()) i += count_before(text.data() + i, is_special);
      if (i == text.size()) break;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte >= 0x20 && byte < 0x7F) || (byte == '\n' && line_feeds == LineFeeds::allowed)) {
      ++i;
    } else if (i + 1 < text.size() && is_plain_pair(byte, static_cast<unsigned char>(text[i + 1]))) {
      i += 2;
      length -= 1;
    } else if (i + 2 < text.size() && is_plain_triple(text.substr(i, 3))) {
      i += 3;
      length -= 2;
    } else {
      return std::nullopt;
    }
  }
  return length;
}

}  // namespace covenant
