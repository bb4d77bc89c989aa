#include "core/base/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <memory>
#include <utility>

#include "core/base/error.hpp"

namespace covenant {

namespace {

struct Free {
  void operator()(EVP_MD* p) const { EVP_MD_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(EVP_MAC* p) const { EVP_MAC_free(p); }
  void operator()(EVP_MAC_CTX* p) const { EVP_MAC_CTX_free(p); }
};

void ensure(bool done) {
  if (!done) throw Error(ErrorKind::fault, "the cryptographic library refused its work");
}

}  // namespace

namespace {

/// The library's own settings are of no use here, and reading them takes longer than all else at the start.
void set_up_library() {
  static const bool done = OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) == 1;
  ensure(done);
}

}  // namespace

Digest sha256(std::initializer_list<std::string_view> parts) {
  set_up_library();
  // Fetching the algorithm costs more than hashing an event, so it is done once.
  static const std::unique_ptr<EVP_MD, Free> algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  static const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  ensure(EVP_DigestInit_ex2(context.get(), algorithm.get(), nullptr) == 1);
  for (const std::string_view part : parts) {
    ensure(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  }
  Digest digest;
  ensure(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
  return digest;
}

Digest hmac_sha256(std::string_view key, std::initializer_list<std::string_view> parts) {
  set_up_library();
  static const std::unique_ptr<EVP_MAC, Free> algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  static const std::unique_ptr<EVP_MAC_CTX, Free> context(EVP_MAC_CTX_new(algorithm.get()));
  // The context keeps its digest: naming it again would look it up again.
  static const bool has_digest = [] {
    std::string name = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), name.size()),
        OSSL_PARAM_construct_end()};
    return EVP_MAC_CTX_set_params(context.get(), parameters) == 1;
  }();
  ensure(has_digest);
  const auto* key_bytes = reinterpret_cast<const unsigned char*>(key.data());
  ensure(EVP_MAC_init(context.get(), key_bytes, key.size(), nullptr) == 1);
  for (const std::string_view part : parts) {
    ensure(EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(part.data()), part.size()) ==
           1);
  }
  Digest digest;
  std::size_t size = 0;
  ensure(EVP_MAC_final(context.get(), digest.data(), &size, digest.size()) == 1);
  return digest;
}

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4U];
    text += digits[byte & 0xFU];
  }
  return text;
}

std::string random_bytes(std::size_t count) {
  // One call for many small requests: the generator's own cost a call is larger than a salt's.
  set_up_library();
  static std::string pool;
  if (pool.size() < count) {
    pool.resize(count > 4096 ? count : 4096);
    ensure(RAND_bytes(reinterpret_cast<unsigned char*>(pool.data()), static_cast<int>(pool.size())) == 1);
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

}  // namespace covenant
