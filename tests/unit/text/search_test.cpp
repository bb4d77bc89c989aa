#include "core/text/search.hpp"

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
