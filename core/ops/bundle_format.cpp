#include "core/ops/bundle_format.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/base/bytes.hpp"
#include "core/ops/bundle.hpp"
#include "core/store/migrations.hpp"

namespace covenant {

std::string bundle_head() {
  return fmt::format("{{\"format\":1,\"schema\":{}}}\n", schema_history().version());
}

std::string manifest_line(std::string_view sha256, std::string_view path) {
  return fmt::format("{}  {}\n", sha256, path);
}

std::string document_path(std::string_view sha256) {
  return fmt::format("{}/{}", documents_folder, sha256);
}

bool is_sha256(std::string_view text) {
  return is_hex(text, 2 * sizeof(Digest));
}

std::vector<TableColumns> bundled_tables(Read& read) {
  std::vector<TableColumns> tables = tables_of(read);
  std::erase_if(tables, [](const TableColumns& table) { return table.table == "document"; });
  return tables;
}

bool is_bundle_path(std::string_view path) {
  const std::string_view documents(documents_folder);
  if (path.starts_with(documents) && path.substr(documents.size()).starts_with('/'))
    return is_sha256(path.substr(documents.size() + 1));
  const std::string_view suffix(table_suffix);
  return path == manifest_file || path == bundle_file || path == checkpoint_file ||
         (path.ends_with(suffix) && path.size() > suffix.size() &&
          path.substr(0, path.size() - suffix.size()).find_first_not_of("abcdefghijklmnopqrstuvwxyz_") ==
              std::string_view::npos);
}

}  // namespace covenant
