#include "core/check/file.hpp"

#include <fmt/format.h>

#include <string>

namespace covenant {

void check_integrity(Read& read, const DamageSink& report) {
  Query query = read.query("PRAGMA integrity_check");
  while (query.step()) {
    if (query.text(0) != "ok") report(std::string(query.text(0)));
  }
}

void check_foreign_keys(Read& read, const DamageSink& report) {
  Query query = read.query("PRAGMA foreign_key_check");
  while (query.step()) {
    report(fmt::format("table {}, row {}: names a row of {} that is not there", query.text(0),
                       query.optional_text(1).value_or("?"), query.text(2)));
  }
}

}  // namespace covenant
