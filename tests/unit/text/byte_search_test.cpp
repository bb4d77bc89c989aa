#include "core/text/byte_search.hpp"

#include <doctest/doctest.h>

#include <string>

#include "core/text/utf8.hpp"

using namespace covenant;

TEST_CASE("a byte is found wherever it is in a text of any length") {
  for (std::size_t length = 0; length <= 50; ++length) {
    const std::string plain(length, 'x');
    CHECK(find_byte<0x20, '"', '\\'>(plain) == length);
    CHECK(is_ascii(plain));
    for (std::size_t at = 0; at < length; ++at) {
      CAPTURE(length);
      CAPTURE(at);
      for (const char stop : {'"', '\\', '\x1F', '\0'}) {
        std::string text = plain;
        text[at] = stop;
        CHECK(find_byte<0x20, '"', '\\'>(text) == at);
        CHECK(find_byte<0x20, '"', '\\'>(text, at + 1) == length);
      }
      std::string text = plain;
      text[at] = '\xFF';
      CHECK_FALSE(is_ascii(text));
      CHECK(find_invalid_utf8(text) == at);
    }
  }
}

TEST_CASE("the first of several bytes is found, and each after the one before") {
  const std::string text = "a<b>c&d'e\"f, and then a tail of some more bytes<";
  std::string found;
  for (std::size_t at = 0; (at = find_byte<0, '&', '<', '>', '"', '\''>(text, at)) < text.size(); ++at)
    found += text[at];
  CHECK(found == "<>&'\"<");
}

TEST_CASE("bytes above ASCII are no control characters") {
  const std::string text = "Ένωση δήμων και περιφερειών της Ευρώπης";
  CHECK(find_byte<0x20, '"', '\\'>(text) == text.size());
}
