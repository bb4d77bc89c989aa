#include "core/store/rewriting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.hpp"

// Why tables are written again.
//
// SQLite overwrites what is deleted (secure_delete), but only where it is at that time. When a page is too
// full or too empty its rows are moved to others, and copies of them are left in the space between the rows,
// now or years before somebody asks for an erasure. A page that is emptied as a whole is overwritten as a
// whole. So the rows are moved to a table of the same shape, all of the old pages are given up, the rows come
// back, and the second table is dropped with its pages. Documents are moved piece by piece, since SQLite, as
// Debian builds it, has each row in memory as a whole.
//
// The second table is in the file itself and not in a temporary one, which nobody would overwrite. All of it
// is part of the transaction.

namespace covenant {

namespace {

/// The statement of schema.sql that makes something.
std::string definition_of(Read& read, std::string_view name) {
  Query query = read.query("SELECT sql FROM sqlite_schema WHERE name = :name");
  if (!query.bind(":name", name).step()) damaged("the schema has no " + std::string(name));
  return std::string(query.text(0));
}

/// An index is made again when the rows are back: its pages are given up as well, and sorted it costs less.
std::vector<std::string> indexes_of(Read& read, std::string_view table) {
  std::vector<std::string> names;
  Query query = read.query(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = :table AND sql IS NOT NULL "
      "ORDER BY name");
  query.bind(":table", table);
  while (query.step()) names.emplace_back(query.text(0));
  return names;
}

constexpr std::size_t most_at_once = std::size_t{1} << 16;

void move_bytes(const StoredBytes& from, StoredBytes to) {
  std::string piece;
  for (std::size_t at = 0; at < from.size(); at += piece.size()) {
    piece.resize(std::min(most_at_once, from.size() - at));
    from.read(piece.data(), piece.size(), at);
    to.write(piece, at);
  }
}

void move_documents(Write& write, const std::string& from, const std::string& to) {
  const std::string insert = fmt::format(
      "INSERT INTO {} (rowid, sha256, size, content) VALUES (:row, :sha256, :size, zeroblob(:size))", to);
  Query rows = write.query(fmt::format("SELECT rowid, sha256, size FROM {} ORDER BY rowid", from));
  while (rows.step()) {
    const std::int64_t row = rows.integer(0);
    write.query(insert).bind(":row", row).bind(":sha256", rows.text(1)).bind(":size", rows.integer(2)).run();
    move_bytes(write.bytes(from.c_str(), "content", row), write.writable_bytes(to.c_str(), "content", row));
  }
}

void move_rows(Write& write, const std::string& from, const std::string& to) {
  if (from == "document" || to == "document") return move_documents(write, from, to);
  // In this form SQLite copies the records as they are, computed columns or not.
  write.query(fmt::format("INSERT INTO {} SELECT * FROM {}", to, from)).run();
}

void write_again(Write& write, const std::string& table) {
  std::vector<std::string> indexes;
  for (const std::string& name : indexes_of(write, table)) {
    indexes.push_back(definition_of(write, name));
    write.query("DROP INDEX " + name).run();
  }
  const std::string definition = definition_of(write, table);
  write.query("CREATE TABLE kept_rows " + definition.substr(definition.find('('))).run();
  move_rows(write, table, "kept_rows");
  write.query("DELETE FROM " + table).run();
  move_rows(write, "kept_rows", table);
  write.query("DELETE FROM kept_rows")
      .run();  // dropped with rows, its pages would be kept in memory once more
  write.query("DROP TABLE kept_rows").run();
  for (const std::string& index : indexes) write.query(index).run();
}

class Rewriting final : public TransactionState {
 public:
  explicit Rewriting(Write& write) : write_(write) {}

  void add(std::string_view table) { tables_.emplace(table); }
  void before_commit() override {
    for (const std::string& table : tables_) write_again(write_, table);
  }

 private:
  Write& write_;
  std::set<std::string> tables_;
};

}  // namespace

void write_again_at_commit(Write& write, std::string_view table) {
  write.state<Rewriting>().add(table);
}

}  // namespace covenant
