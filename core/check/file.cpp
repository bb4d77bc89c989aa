#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/check/indexes.hpp"
#include "core/check/tables.hpp"
#include "core/store/registry.hpp"

namespace covenant {

namespace {

/// A statement of the schema without comments and layout: these may differ between releases.
std::string bare_sql(std::string_view sql) {
  std::string bare;
  bool in_comment = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql.substr(i, 2) == "--") in_comment = true;
    if (sql[i] == '\n') in_comment = false;
    if (!in_comment && sql[i] != ' ' && sql[i] != '\n' && sql[i] != '\r' && sql[i] != '\t') bare += sql[i];
  }
  return bare;
}

/// Kind and name of everything in the schema, and its statement. What SQLite's planner keeps is left out.
std::map<std::string, std::string> schema_of(Read& read) {
  std::map<std::string, std::string> schema;
  Query query = read.query(
      "SELECT type || ' ' || name, tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema "
      "WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'");
  while (query.step()) schema.emplace(query.text(0), bare_sql(query.text(1)));
  return schema;
}

void check_schema(Read& read, const Fault& fault) {
  Registry sound = Registry::temporary();
  Read expected = sound.read();
  auto stored = schema_of(read);
  for (const auto& [name, sql] : schema_of(expected)) {
    const auto at = stored.find(name);
    if (at == stored.end()) {
      fault(fmt::format("schema: the {} is missing", name));
      continue;
    }
    if (at->second != sql) fault(fmt::format("schema: the {} is not as the program made it", name));
    stored.erase(at);
  }
  for (const auto& [name, sql] : stored)
    fault(fmt::format("schema: the {} is not of the program's making", name));
}

bool says_ok(Read& read, const char* pragma) {
  Query query = read.query(pragma);
  return query.step() && query.text(0) == "ok";
}

void tell_damage(Read& read, const Fault& fault) {
  Query query = read.query("PRAGMA integrity_check");
  while (query.step()) {
    if (query.text(0) != "ok") fault(std::string(query.text(0)));
  }
}

}  // namespace

void check_integrity(Read& read, const Fault& fault) {
  std::vector<std::string> schema_faults;
  check_schema(read, [&](const std::string& what) { schema_faults.push_back(what); });
  const bool is_intact = schema_faults.empty() && says_ok(read, "PRAGMA quick_check") &&
                         says_ok(read, "PRAGMA integrity_check('document')");
  const auto bad_index = is_intact ? find_bad_index(read) : std::nullopt;
  if (!is_intact || bad_index) tell_damage(read, fault);
  if (bad_index) fault(fmt::format("the entries of index {} are not those of its table", *bad_index));
  for (const std::string& what : schema_faults) fault(what);
}

void check_foreign_keys(Read& read, const Fault& fault) {
  Query query = read.query("PRAGMA foreign_key_check");
  while (query.step()) {
    fault(fmt::format("table {}, row {}: names a row of {} that is not there", query.text(0),
                      query.optional_text(1).value_or("?"), query.text(2)));
  }
}

}  // namespace covenant
