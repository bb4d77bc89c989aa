#include "core/site/catalogue.hpp"

#include <doctest/doctest.h>

#include <string>

#include "core/embedded_messages.hpp"

using namespace covenant;

TEST_CASE("a compiled catalogue is searched in place") {
  const auto file = MessageFile::open(embedded::messages_lv);
  REQUIRE(file);
  CHECK(file->find("Category") == "Kategorija");
  CHECK(file->find("{count} partner", 0) == "{count} partneru");
  CHECK(file->find("{count} partner", 2) == "{count} partneri");
  for (const std::string_view absent : {"", "Categ", "Categoryy", "A", "zzz", "{count} partners"}) {
    if (!absent.empty()) CHECK_FALSE(file->find(absent));
  }
  CHECK_FALSE(file->find("{count} partner", 3));
  CHECK_FALSE(file->find("Category", 1));
}

TEST_CASE("every message of a compiled catalogue is found by its place's name") {
  const auto file = MessageFile::open(embedded::messages_lv);
  REQUIRE(file);
  REQUIRE(file->size() > 30);
  for (std::size_t place = 0; place < file->size(); ++place) CHECK(file->find(file->message(place)));
}

TEST_CASE("a catalogue that was cut short is none") {
  const std::string_view whole = embedded::messages_lv;
  for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(MessageFile::open(whole.substr(0, size)));
  }
}

TEST_CASE("a catalogue with any byte changed is none, or is searched within its bounds") {
  const std::string whole(embedded::messages_lv);
  std::size_t refused = 0;
  for (std::size_t place = 0; place < 400; ++place) {
    for (const char byte : {'\x00', '\x7f', '\xff'}) {
      std::string changed = whole;
      changed[place] = byte;
      const auto file = MessageFile::open(changed);
      if (!file) {
        ++refused;
        continue;
      }
      for (std::size_t form = 0; form < 5; ++form) file->find("{count} partner", form);
    }
  }
  CHECK(refused > 300);
}
