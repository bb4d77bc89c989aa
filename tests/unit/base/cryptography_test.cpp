#include <doctest/doctest.h>

#include <string>

#include "core/base/bytes.hpp"
#include "core/base/ed25519.hpp"
#include "core/base/error.hpp"

using namespace covenant;

TEST_CASE("SHA-256 of the standard's example, in one part or in several") {
  const std::string expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(to_hex(bytes_of(sha256({"abc"}))) == expected);
  CHECK(to_hex(bytes_of(sha256({"a", "", "bc"}))) == expected);
}

TEST_CASE("HMAC-SHA-256 of RFC 4231, test cases 1, 2 and 6: keys shorter and longer than a block") {
  CHECK(to_hex(bytes_of(hmac_sha256(std::string(20, '\x0b'), {"Hi There"}))) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(to_hex(bytes_of(hmac_sha256(std::string(131, '\xaa'),
                                    {"Test Using Larger Than Block-Size Key - Hash Key First"}))) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(to_hex(bytes_of(hmac_sha256("Jefe", {"what do ya want ", "for nothing?"}))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("hexadecimal digits are read back, and nothing else is") {
  const std::string bytes("\x00\x7f\xff\x10", 4);
  CHECK(to_hex(bytes) == "007fff10");
  CHECK(from_hex("007fff10") == bytes);
  CHECK(from_hex("") == "");
  for (const char* text : {"0", "007", "0g", "FF", " 0", "0x"}) CHECK_MESSAGE(!from_hex(text), text);
  CHECK(is_hex("00ff", 4));
  CHECK(!is_hex("00ff", 2));
  CHECK(!is_hex("00FF", 4));
}

TEST_CASE("random bytes are as many as asked for and differ") {
  const std::string first = random_bytes(32);
  CHECK(first.size() == 32);
  CHECK(random_bytes(32) != first);
  CHECK(random_bytes(10000).size() == 10000);
}

TEST_CASE("base 64 of RFC 4648 section 10, there and back") {
  const std::pair<std::string, std::string> table[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : table) {
    const auto& shown = text;
    CAPTURE(shown);
    CHECK(to_base64(bytes) == text);
    CHECK(from_base64(text) == bytes);
  }
}

TEST_CASE("what is not exactly base 64 is nothing") {
  for (const char* text : {"Zg", "Zg=", "Zh==", "Zm9v\n", " Zm9", "Zm9v====", "Zm9*", "=Zm9"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64(text));
  }
}

namespace {

// RFC 8032 section 7.1, test 1, in the PEM of RFC 8410.
constexpr const char* private_pem =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
constexpr const char* public_pem =
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";
constexpr const char* signature_of_nothing =
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0"
    "595bbe24"
    "655141438e7a100b";

}  // namespace

TEST_CASE("a signature is that of RFC 8032, and only it verifies") {
  const auto signer = Ed25519Key::private_key(private_pem, "key.pem");
  const auto verifier = Ed25519Key::public_key(public_pem, "key.pub");
  std::string signature = signer.sign("");
  CHECK(to_hex(signature) == signature_of_nothing);
  CHECK(signer.public_bytes() == verifier.public_bytes());
  CHECK(verifier.verify("", signature));
  CHECK_FALSE(verifier.verify("x", signature));
  signature[0] = static_cast<char>(signature[0] ^ 1);
  CHECK_FALSE(verifier.verify("", signature));
}

TEST_CASE("what is not such a key is refused by its name") {
  CHECK_THROWS_WITH_AS(Ed25519Key::private_key(public_pem, "key.pub"),
                       "key.pub is not an Ed25519 private key in PEM", Error);
  CHECK_THROWS_AS(Ed25519Key::public_key("nothing", "x"), Error);
}
