#include "core/text/suggest.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace covenant;

TEST_CASE("a near miss is suggested") {
  const std::vector<std::string_view> names = {"contact_name", "contact_email", "country", "city", "name"};
  CHECK(nearest("contact_emial", names) == "contact_email");
  CHECK(nearest("Contact-Email", names) == "contact_email");
  CHECK(nearest("CITY", names) == "city");
  CHECK(nearest("county", names) == "country");
  CHECK(nearest("nmae", names) == "name");
  CHECK(nearest("nam", names) == "name");
}

TEST_CASE("what is not near is not suggested") {
  const std::vector<std::string_view> names = {"contact_name", "country", "city", "name"};
  CHECK(!nearest("", names));
  CHECK(!nearest("x", names));
  CHECK(!nearest("website", names));
  CHECK(!nearest("nxmx", names));
  CHECK(!nearest(std::string(100, 'n'), names));
  CHECK(!nearest("name", {}));
}

TEST_CASE("the nearest of several is suggested, the first of equals") {
  CHECK(nearest("bats", {"bat", "bots", "rats"}) == "bat");
  CHECK(nearest("approved", {"approve", "approved"}) == "approved");
}
