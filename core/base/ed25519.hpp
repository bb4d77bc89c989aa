#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace covenant {

/// An Ed25519 key from a PEM text. Source: RFC 8032; RFC 8410 (keys), RFC 7468 (PEM).
class Ed25519Key {
 public:
  /// @throws Error{bad_input} when the text is not such a key; `name` is what the message calls it.
  static Ed25519Key private_key(std::string_view pem, const std::string& name);
  static Ed25519Key public_key(std::string_view pem, const std::string& name);
  ~Ed25519Key();
  Ed25519Key(const Ed25519Key&) = delete;
  Ed25519Key& operator=(const Ed25519Key&) = delete;
  Ed25519Key(Ed25519Key&& other) noexcept;
  Ed25519Key& operator=(Ed25519Key&&) = delete;

  /// The 32 bytes of the public key.
  std::string public_bytes() const;
  /// The signature, 64 bytes; of a private key.
  std::string sign(std::string_view message) const;
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  struct State;
  explicit Ed25519Key(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace covenant
