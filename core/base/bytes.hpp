#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace covenant {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 of the parts one after another. Source: FIPS 180-4.
Digest sha256(std::initializer_list<std::string_view> parts);

/// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();

  void add(std::string_view bytes);
  /// The digest of all that was added; nothing can be added after it.
  Digest finish();

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// HMAC-SHA-256 of the parts one after another. Source: RFC 2104, FIPS 198-1.
Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts);

/// The bytes of a digest, as text functions take them.
std::string_view bytes_of(const Digest& digest);

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(std::string_view bytes);

/// Whether the text is that many lower-case hexadecimal digits.
bool is_hex(std::string_view text, std::size_t digits);

/// The bytes of which `to_hex` made the text; nothing when it did not make it.
std::optional<std::string> from_hex(std::string_view text);

/// Bytes that nobody can guess, from the operating system's generator.
/// @throws Error{fault} when there are none.
std::string random_bytes(std::size_t count);

/// A 64-bit digest for index keys. Not cryptographic: whoever finds two equal keys compares what they are
/// for. Source: FNV-1a (Fowler, Noll, Vo), with a final mix so that all bits depend on all bytes.
std::int64_t index_key(std::string_view text);

/// Base 64 with padding. Source: RFC 4648 section 4.
std::string to_base64(std::string_view bytes);

/// The bytes; nothing when the text is not exactly what `to_base64` writes.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace covenant
