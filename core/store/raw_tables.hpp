#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/store/database.hpp"

namespace covenant {

// The tables as SQLite has them, whatever is in them: what a check looks at.

/// Takes a line of SQLite's own check. @throws std::bad_alloc when it says that there was no memory for a
/// page
void demand_memory(std::string_view verdict);

/// Visits each fault that SQLite's own check of the file, its constraints and its indexes finds.
void for_each_file_fault(Read& read, const std::function<void(std::string_view)>& visit);

/// A row that names another one, which does not exist.
struct DanglingRow {
  std::string_view table;
  std::string_view row;    ///< its number; "?" when it has none
  std::string_view named;  ///< the table of the other
};

/// Visits each row that names another one, which does not exist; of that table, or of all when it is empty.
void for_each_dangling_row(Read& read, std::string_view table,
                           const std::function<void(const DanglingRow&)>& visit);

/// How many rows a table has.
std::int64_t count_rows(Read& read, std::string_view table);

/// How many rows say more about partners than their own row does.
struct AttachedRows {
  std::int64_t findings = 0;
  std::int64_t sources = 0;
  std::int64_t commitments = 0;
  std::int64_t evidence = 0;
  std::int64_t erased_documents = 0;
  std::int64_t endings = 0;
  std::int64_t former_names = 0;
  std::int64_t undone_events = 0;

  bool operator==(const AttachedRows&) const = default;
  AttachedRows& operator+=(const AttachedRows& other);
};

/// Those of one partner, or of all.
AttachedRows count_attached_rows(Read& read, std::optional<PartnerId> partner);

/// A table's columns, those of its primary key first. Some may be computed from others.
struct TableColumns {
  std::string table;
  std::vector<std::string> names;
  std::size_t key_size = 0;
};

/// The columns of a table; none when there is no such table.
TableColumns columns_of(Read& read, const char* table);

/// The tables, by name, with their columns.
std::vector<TableColumns> tables_of(Read& read);

/// The rows of a table in the order of its primary key, whatever types their values have.
class TableRows {
 public:
  TableRows(Read& read, const TableColumns& columns);

  /// Goes to the next row; false when there is none.
  bool next() { return rows_.step(); }

  /// As SQLite's typeof() names it.
  std::string_view type(std::size_t column) const { return rows_.bytes(static_cast<int>(2 * column)); }
  std::string_view value(std::size_t column) const { return rows_.bytes(static_cast<int>(2 * column + 1)); }
  std::int64_t integer(std::size_t column) const { return rows_.integer(static_cast<int>(2 * column + 1)); }

 private:
  Query rows_;
};

/// A value of a row: null, INTEGER, TEXT, or BLOB.
struct RawBlob {
  std::string bytes;
};
using RawValue = std::variant<std::monostate, std::int64_t, std::string, RawBlob>;

/// Puts rows into a table of a new registry, as they once were in another.
class RawInsertion {
 public:
  RawInsertion(Write& write, const TableColumns& columns);

  /// The type that a column is declared with.
  const std::string& type(std::size_t column) const { return types_[column]; }

  /// Adds a row, with a value for each of the columns. Returns false when the table does not take it, or has
  /// other values in the columns that it computes.
  bool insert(const std::vector<RawValue>& values);

 private:
  Write& write_;
  std::string sql_;
  bool computes_ = false;  ///< whether the table computes columns; then the statement says whether they agree
  std::vector<std::string> types_;
};

/// Visits what the file says of itself, by name and value.
void for_each_property(Read& read, const std::function<void(std::string_view, std::string_view)>& visit);

}  // namespace covenant
