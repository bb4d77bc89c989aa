#include "core/store/rewriting.hpp"

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
// back, and the second table is dropped with its pages. SQLite moves whole rows from one table to another of
// the same shape without reading them, so that the memory does not grow with the table, nor with a document
// of 25 MiB.
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

void write_again(Write& write, const std::string& table) {
  std::vector<std::string> indexes;
  for (const std::string& name : indexes_of(write, table)) {
    indexes.push_back(definition_of(write, name));
    write.query("DROP INDEX " + name).run();
  }
  const std::string definition = definition_of(write, table);
  write.query("CREATE TABLE kept_rows " + definition.substr(definition.find('('))).run();
  write.query("INSERT INTO kept_rows SELECT * FROM " + table).run();
  write.query("DELETE FROM " + table).run();
  write.query("INSERT INTO " + table + " SELECT * FROM kept_rows").run();
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
