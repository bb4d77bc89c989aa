#include "core/check/file.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/store/file_structure.hpp"

namespace covenant {

void check_integrity(Read& read, const DamageSink& report) {
  for_each_file_fault(read, [&](std::string_view what) { report(std::string(what)); });
}

void check_foreign_keys(Read& read, const DamageSink& report) {
  for_each_dangling_row(read, [&](const DanglingRow& row) {
    report(
        fmt::format("table {}, row {}: names a row of {} that is not there", row.table, row.row, row.named));
  });
}

}  // namespace covenant
