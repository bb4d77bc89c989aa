#pragma once

#include <functional>
#include <string_view>

#include "core/store/database.hpp"

namespace covenant {

/// Visits each fault that SQLite's own check of the file, its constraints and its indexes finds.
void for_each_file_fault(Read& read, const std::function<void(std::string_view)>& visit);

/// A row that names another one, which does not exist.
struct DanglingRow {
  std::string_view table;
  std::string_view row;    ///< its number; "?" when it has none
  std::string_view named;  ///< the table of the other
};

void for_each_dangling_row(Read& read, const std::function<void(const DanglingRow&)>& visit);

}  // namespace covenant
