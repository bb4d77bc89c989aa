#include "core/text/folding.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace covenant;

TEST_CASE("searches see through case, diacritics and the width of gaps") {
  const std::pair<std::string_view, std::string_view> same[] = {
      {"Energy  Cities", "energy cities"},
      {"RĪGA", "riga"},
      {"Ri\xCC\x84ga", "Rīga"},
      {"Straße", "STRASSE"},
      {"one\ntwo", "One Two"},
      {"a\xC2\xA0 b", "a b"},
      {"Čiekurkalns ēka", "ciekurkalns\teka"},
  };
  for (const auto& [a, b] : same) {
    CAPTURE(a);
    CHECK(search_key(a) == search_key(b));
  }
}

TEST_CASE("searches keep punctuation and the gap between words") {
  CHECK(search_key("a-b") != search_key("ab"));
  CHECK(search_key("a b") != search_key("ab"));
  CHECK(search_key("ā-b") != search_key("āb"));
  CHECK(search_key("ā b") != search_key("āb"));
  CHECK(search_key("").empty());
}

TEST_CASE("a part of a text is found by its own key") {
  CHECK(search_key("Pašvaldību enerģijas apvienība").find(search_key("ENERGIJAS")) != std::string::npos);
}

TEST_CASE("a letter is found whether its text is usual or has to be folded whole") {
  for (unsigned c = 0x80; c < 0x600; ++c) {
    const std::string letter{static_cast<char>(0xC0U | c >> 6U), static_cast<char>(0x80U | (c & 0x3FU))};
    const std::string usual = "a " + letter + " b";
    INFO(c);
    CHECK(search_key(usual) + "\u6f22" == search_key(usual + "\u6f22"));
  }
}

TEST_CASE("the words of a text") {
  CHECK(search_words("") == "");
  CHECK(search_words(" -- ") == "");
  CHECK(search_words("One, two.three") == "one two three");
  CHECK(search_words("Pašvaldību “enerģijas” apvienība!") == "pasvaldibu energijas apvieniba");
  CHECK(search_words("https://example.org/a_b") == "https example org a b");
}
