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
  for (const std::string ref : {"AP-0002", "CoM-2026-017", "", "Union of the Northern Lakes"}) {
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

TEST_CASE("a partner is found by its acronym or its name, when exactly one has it") {
  story::Office office;
  const PartnerId first = office.applied({{"acronym", "UBC"}}).id;
  const PartnerId second =
      office
          .applied({{"name", "Energy Cities"}, {"acronym", "12"}, {"website", "https://energy.example.org/"}})
          .id;
  const auto found = [&](std::string_view ref) { return require_by_ref(office.register_(), ref).id; };
  CHECK(found("ubc") == first);
  CHECK(found("union of the BALTIC cities") == first);
  CHECK(found("Energy-Cities") == second);
  CHECK_THROWS_AS(found("12"), Error);
  office.applied({{"name", "UBC"}, {"website", "https://ubc.example.org/"}});
  CHECK(found("UBC") == first);
}

TEST_CASE("whom a wrong name is near is suggested") {
  story::Office office;
  office.applied();
  office.applied({{"name", "Energy Cities"}, {"website", "https://energy.example.org/"}});
  const auto message = [&](std::string_view ref) {
    try {
      require_by_ref(office.register_(), ref);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(message("baltic") == "no partner 'baltic'; did you mean AP-0001 (Union of the Baltic Cities)?");
  CHECK(message("Energie Cities") == "no partner 'Energie Cities'; did you mean AP-0002 (Energy Cities)?");
  CHECK(message("nothing alike") ==
        "no partner 'nothing alike'; write an id like AP-0031, a reference, an acronym or a name");
}
