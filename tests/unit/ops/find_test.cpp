#include "core/ops/find.hpp"

#include <doctest/doctest.h>

#include "core/base/error.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;

TEST_CASE("a partner is found by its id, long or short, and by its reference") {
  story::Office office;
  office.applied({{"name", "Energy Cities"}, {"website", "https://energy.example.org/"}});
  const PartnerId id = office.applied({{"reference", "CoM-2026-017"}}).id;
  for (const char* ref : {"AP-0002", "2", "CoM-2026-017"}) {
    CAPTURE(ref);
    CHECK(require_by_ref(office.register_(), ref).id == id);
  }
}

TEST_CASE("whom nothing names is not found, and the message says what was asked for") {
  story::Office office;
  office.applied();
  for (const std::string ref : {"AP-0002", "CoM-2026-017", "", "Union of the Baltic Cities"}) {
    CAPTURE(ref);
    try {
      require_by_ref(office.register_(), ref);
      FAIL("found");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::not_found);
      CHECK(std::string(error.what()).find("'" + ref + "'") != std::string::npos);
    }
  }
}
