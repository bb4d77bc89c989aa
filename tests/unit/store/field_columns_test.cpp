#include <doctest/doctest.h>

#include <set>
#include <string>

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
    if (info_of(column).is_of_contact) continue;
    CHECK_MESSAGE(stored.contains(std::string(code_of(column))), "the table partner lacks ", code_of(column));
  }
}

TEST_CASE("every public field is in the view public_partner, and no other field is") {
  const auto shown = columns_of("SELECT name FROM pragma_table_info('public_partner')");
  for (const Column column : all_columns) {
    const std::string name(code_of(column));
    CHECK_MESSAGE(shown.contains(name) == info_of(column).publicity.is_public(), "public_partner and ", name);
  }
}
