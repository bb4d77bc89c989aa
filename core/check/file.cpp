#include <fmt/format.h>

#include <optional>
#include <string>

#include "core/check/indexes.hpp"
#include "core/check/tables.hpp"

namespace covenant {

namespace {

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
  const bool is_intact =
      says_ok(read, "PRAGMA quick_check") && says_ok(read, "PRAGMA integrity_check('document')");
  const auto bad_index = is_intact ? find_bad_index(read) : std::nullopt;
  if (!is_intact || bad_index) tell_damage(read, fault);
  if (bad_index) fault(fmt::format("the entries of index {} are not those of its table", *bad_index));
}

void check_foreign_keys(Read& read, const Fault& fault) {
  Query query = read.query("PRAGMA foreign_key_check");
  while (query.step()) {
    fault(fmt::format("table {}, row {}: names a row of {} that is not there", query.text(0),
                      query.optional_text(1).value_or("?"), query.text(2)));
  }
}

}  // namespace covenant
