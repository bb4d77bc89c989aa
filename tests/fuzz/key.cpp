// Keys in PEM: one is read, or refused in the one way.
#include <string>

#include "core/base/ed25519.hpp"
#include "core/base/error.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

void demand_refused_well(const Error& error) {
  demand(error.kind() == ErrorKind::bad_input, std::string("refused in another way: ") + error.what());
}

void examine(std::string_view pem) {
  try {
    const Ed25519Key key = Ed25519Key::private_key(pem, "key");
    demand(key.verify("text", key.sign("text")), "a signature of its own is not taken");
    demand(!key.verify("another", key.sign("text")), "a signature of another text is taken");
  } catch (const Error& error) {
    demand_refused_well(error);
  }
  try {
    const Ed25519Key key = Ed25519Key::public_key(pem, "key");
    demand(key.public_bytes().size() == 32, "a public key of another size");
    demand(!key.verify("text", pem.substr(0, 64)), "anything is a signature");
  } catch (const Error& error) {
    demand_refused_well(error);
  }
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  covenant::fuzz::examine(covenant::fuzz::text_of(bytes, size));
  return 0;
}
