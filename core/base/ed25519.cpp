#include "core/base/ed25519.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <utility>

#include "core/base/error.hpp"

namespace covenant {

namespace {

struct Free {
  void operator()(BIO* p) const { BIO_free(p); }
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
};

using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

/// A key with a passphrase is refused: nothing here ever prompts.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) {
  return -1;
}

using ReadKey = EVP_PKEY* (*)(BIO*, EVP_PKEY**, pem_password_cb*, void*);

Key read_key(std::string_view pem, const std::string& name, ReadKey read, const char* kind) {
  const std::unique_ptr<BIO, Free> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Key key(read(text.get(), nullptr, no_passphrase, nullptr));
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    throw Error(ErrorKind::bad_input, name + " is not an Ed25519 " + kind + " key in PEM");
  }
  return key;
}

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

void ensure(bool done) {
  if (!done) throw Error(ErrorKind::fault, "unexpected error from OpenSSL");
}

}  // namespace

struct Ed25519Key::State {
  Key key;
};

Ed25519Key::Ed25519Key(std::unique_ptr<State> state) : state_(std::move(state)) {}
Ed25519Key::~Ed25519Key() = default;
Ed25519Key::Ed25519Key(Ed25519Key&& other) noexcept = default;

Ed25519Key Ed25519Key::private_key(std::string_view pem, const std::string& name) {
  return Ed25519Key(std::make_unique<State>(State{read_key(pem, name, PEM_read_bio_PrivateKey, "private")}));
}

Ed25519Key Ed25519Key::public_key(std::string_view pem, const std::string& name) {
  return Ed25519Key(std::make_unique<State>(State{read_key(pem, name, PEM_read_bio_PUBKEY, "public")}));
}

std::string Ed25519Key::public_bytes() const {
  constexpr std::size_t key_size = 32;
  std::string bytes(key_size, '\0');
  std::size_t size = bytes.size();
  ensure(EVP_PKEY_get_raw_public_key(state_->key.get(), reinterpret_cast<unsigned char*>(bytes.data()),
                                     &size) == 1);
  return bytes;
}

std::string Ed25519Key::sign(std::string_view message) const {
  constexpr std::size_t signature_size = 64;
  const Context context(EVP_MD_CTX_new());
  std::string signature(signature_size, '\0');
  std::size_t size = signature.size();
  ensure(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1);
  ensure(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                        unsigned_bytes(message), message.size()) == 1);
  return signature;
}

bool Ed25519Key::verify(std::string_view message, std::string_view signature) const {
  const Context context(EVP_MD_CTX_new());
  ensure(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1);
  return EVP_DigestVerify(context.get(), unsigned_bytes(signature), signature.size(), unsigned_bytes(message),
                          message.size()) == 1;
}

}  // namespace covenant
