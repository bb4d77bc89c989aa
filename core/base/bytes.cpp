#include "core/base/bytes.hpp"

// OpenSSL would have SHA-256 fetched from a provider; loading those costs a short command more than all else
// it does. The functions that need none are the same code.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/base/error.hpp"

namespace covenant {

namespace {

class Hash {
 public:
  Hash() { ensure(SHA256_Init(&context_)); }

  Hash& add(std::string_view bytes) {
    ensure(SHA256_Update(&context_, bytes.data(), bytes.size()));
    return *this;
  }

  Digest finish() {
    Digest digest;
    ensure(SHA256_Final(digest.data(), &context_));
    return digest;
  }

 private:
  static void ensure(int done) {
    if (done != 1) throw Error(ErrorKind::fault, "unexpected error from OpenSSL");
  }

  SHA256_CTX context_;
};

using Block = std::array<char, SHA256_CBLOCK>;

/// The key, filled up to a block with zero bytes, with each byte changed by `mask`. Source: RFC 2104
/// section 2.
Block padded(std::string_view key, unsigned char mask) {
  Block block{};
  std::copy(key.begin(), key.end(), block.begin());
  for (char& c : block) c = static_cast<char>(static_cast<unsigned char>(c) ^ mask);
  return block;
}

std::string_view bytes_of(const Block& block) {
  return {block.data(), block.size()};
}

}  // namespace

Digest sha256(std::initializer_list<std::string_view> parts) {
  Hash hash;
  for (const std::string_view part : parts) hash.add(part);
  return hash.finish();
}

class Sha256::State : public Hash {};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  state_->add(bytes);
}

Digest Sha256::finish() {
  return state_->finish();
}

Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts) {
  if (key.size() > SHA256_CBLOCK) return hmac_sha256(bytes_of(sha256({key})), parts);
  Hash inner;
  inner.add(bytes_of(padded(key, 0x36)));
  for (const std::string_view part : parts) inner.add(part);
  return Hash().add(bytes_of(padded(key, 0x5C))).add(bytes_of(inner.finish())).finish();
}

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

namespace {

constexpr std::string_view digits = "0123456789abcdef";

}  // namespace

std::string to_hex(std::string_view bytes) {
  std::string text(bytes.size() * 2, '\0');
  char* digit = text.data();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *digit++ = digits[byte >> 4U];
    *digit++ = digits[byte & 0xFU];
  }
  return text;
}

bool is_hex(std::string_view text, std::size_t count) {
  return text.size() == count && text.find_first_not_of(digits) == std::string_view::npos;
}

std::optional<std::string> from_hex(std::string_view text) {
  const std::size_t size = text.size() / 2;
  if (!is_hex(text, size * 2)) return std::nullopt;
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<char>(digits.find(text[2 * i]) << 4U | digits.find(text[2 * i + 1]));
  return bytes;
}

std::string random_bytes(std::size_t count) {
  // A call of the system costs more than a salt's worth of bytes, so that many come at once.
  static std::string pool;
  if (pool.size() < count) {
    constexpr std::size_t least_at_once = 2048;
    pool.assign(std::max(count, least_at_once), '\0');
    for (std::size_t at = 0; at < pool.size();) {
      const ssize_t got = ::getrandom(pool.data() + at, pool.size() - at, 0);
      if (got < 0 && errno != EINTR) throw Error(ErrorKind::fault, "the system returned no random bytes");
      if (got > 0) at += static_cast<std::size_t>(got);
    }
  }
  std::string bytes = pool.substr(pool.size() - count);
  pool.resize(pool.size() - count);
  return bytes;
}

std::int64_t index_key(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  hash ^= hash >> 33U;
  hash *= 0xff51afd7ed558ccdULL;
  hash ^= hash >> 33U;
  return static_cast<std::int64_t>(hash);
}

namespace {

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), unsigned_bytes(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), unsigned_bytes(text),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  // The library passes over blanks and bits that do not count; the text must be the one and only.
  if (to_base64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace covenant
