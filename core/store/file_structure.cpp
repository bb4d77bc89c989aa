#include "core/store/file_structure.hpp"

namespace covenant {

void for_each_file_fault(Read& read, const std::function<void(std::string_view)>& visit) {
  Query query = read.query("PRAGMA integrity_check");
  while (query.step()) {
    if (query.text(0) != "ok") visit(query.text(0));
  }
}

void for_each_dangling_row(Read& read, const std::function<void(const DanglingRow&)>& visit) {
  Query query = read.query("PRAGMA foreign_key_check");
  while (query.step()) visit({query.text(0), query.is_null(1) ? "?" : query.text(1), query.text(2)});
}

}  // namespace covenant
