#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "core/model/public_list.hpp"
#include "core/store/registry.hpp"

using namespace covenant;

namespace {

std::set<std::string> columns_of(const char* sql) {
  Registry registry = Registry::temporary();
  Read read = registry.read();
  Query query = read.query(sql);
  std::set<std::string> names;
  while (query.step()) names.emplace(query.text(0));
  return names;
}

}  // namespace

TEST_CASE("every field has a column in schema.sql") {
  const auto stored = columns_of("SELECT name FROM pragma_table_info('partner')");
  REQUIRE(stored.contains("id"));
  for (const Column column : all_columns) {
    if (info_of(column).is_of_contact || is_derived(column)) continue;
    CHECK_MESSAGE(stored.contains(std::string(code_of(column))), "the table partner lacks ", code_of(column));
  }
}

TEST_CASE("the view public_partner has the public fields in the order of the public list, and no others") {
  Registry registry = Registry::temporary();
  Read read = registry.read();
  Query query = read.query("SELECT name FROM pragma_table_info('public_partner') ORDER BY cid");
  std::vector<std::string> shown;
  while (query.step()) shown.emplace_back(query.text(0));
  CHECK(shown ==
        std::vector<std::string>(Codes<PublicField>::codes.begin(), Codes<PublicField>::codes.end()));
}
