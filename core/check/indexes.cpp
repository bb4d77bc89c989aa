#include "core/check/indexes.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"

namespace covenant {

namespace {

/// An index as its statement in the schema says.
struct Index {
  std::string name;
  std::string table;
  std::vector<std::string> columns;  ///< names or expressions
  std::string condition;             ///< "1" when it is of all rows
  bool is_unique = false;
};

/// What stands between the first bracket and the one that closes it, split at the commas outside of brackets.
std::vector<std::string> columns_in(std::string_view sql) {
  std::vector<std::string> columns(1);
  int depth = 0;
  for (const char c : sql) {
    if (c == ')' && --depth == 0) break;
    if (c == ',' && depth == 1) {
      columns.emplace_back();
    } else if (depth > 0) {
      columns.back() += c;
    }
    if (c == '(') ++depth;
  }
  return columns;
}

Index read_index(const Query& row) {
  const std::string_view sql = row.text(2);
  constexpr std::string_view where = "WHERE ";
  const std::size_t at = sql.find(where);
  return {.name = std::string(row.text(0)),
          .table = std::string(row.text(1)),
          .columns = columns_in(sql),
          .condition = at == std::string_view::npos ? "1" : std::string(sql.substr(at + where.size())),
          .is_unique = sql.starts_with("CREATE UNIQUE")};
}

/// The columns and the row's number.
int size_of_entry(const Index& index) {
  return static_cast<int>(index.columns.size()) + 1;
}

std::vector<Index> indexes_of_schema(Read& read) {
  std::vector<Index> indexes;
  Query query = read.query(
      "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
      "ORDER BY tbl_name, name");
  while (query.step()) indexes.push_back(read_index(query));
  return indexes;
}

/// The sum of a random function of the entries, in whatever order they come: two sums are equal when the
/// entries are, and otherwise by a chance of one in 2^64.
class Sum {
 public:
  explicit Sum(std::string_view salt) : salt_(salt) {}

  void add(const Query& row, int first, int count) {
    entry_.assign(salt_);
    for (int column = first; column < first + count; ++column) add_value(row, column);
    total_ += static_cast<std::uint64_t>(index_key(entry_));
    ++entries_;
  }

  friend bool operator==(const Sum& a, const Sum& b) {
    return a.total_ == b.total_ && a.entries_ == b.entries_;
  }

 private:
  void add_value(const Query& row, int column) {
    const int type = row.type(column);
    entry_ += static_cast<char>(type);
    if (type == SQLITE_INTEGER) {
      add_integer(row.integer(column));
    } else if (type != SQLITE_NULL) {
      const std::string_view bytes = row.text(column);
      add_integer(static_cast<std::int64_t>(bytes.size()));
      entry_ += bytes;
    }
  }

  void add_integer(std::int64_t value) { entry_.append(reinterpret_cast<const char*>(&value), sizeof value); }

  std::string salt_;
  std::string entry_;
  std::uint64_t total_ = 0;
  std::uint64_t entries_ = 0;
};

/// A value of an entry, in the order in which SQLite sorts them. Source: SQLite documentation, "Datatypes",
/// section 4.1.
struct Value {
  int rank;  ///< of its type
  std::int64_t integer;
  std::string bytes;

  friend auto operator<=>(const Value&, const Value&) = default;
};

Value value_of(const Query& row, int column) {
  const int type = row.type(column);
  if (type == SQLITE_NULL) return {0, 0, ""};
  if (type == SQLITE_INTEGER) return {1, row.integer(column), ""};
  return {type == SQLITE_TEXT ? 2 : 3, 0, std::string(row.text(column))};
}

/// Whether each entry stands after the one before.
class Order {
 public:
  explicit Order(const Index& index) : index_(index) {}

  bool add(const Query& row) {
    std::vector<Value> entry;
    entry.reserve(last_.size());
    for (int column = 0; column < size_of_entry(index_); ++column) entry.push_back(value_of(row, column));
    const bool holds = last_.empty() || (last_ < entry && !(index_.is_unique && is_same_key(entry)));
    last_ = std::move(entry);
    return holds;
  }

 private:
  /// Whether all but the row's number is the same.
  bool is_same_key(const std::vector<Value>& entry) const {
    return std::equal(entry.begin(), entry.end() - 1, last_.begin());
  }

  const Index& index_;
  std::vector<Value> last_;
};

/// The entries that the table asks for, in each of its indexes.
std::vector<Sum> sums_of_table(Read& read, const std::vector<Index>& indexes, const std::string& salt) {
  std::string values;
  for (const Index& index : indexes) {
    // CASE asks for no more of a condition than it needs, and for an expression only where it counts.
    values += fmt::format("{}CASE WHEN {} THEN 1 ELSE 0 END", values.empty() ? "" : ", ", index.condition);
    for (const std::string& column : index.columns)
      values += fmt::format(", CASE WHEN {} THEN {} END", index.condition, column);
    values += ", rowid";
  }
  Query rows = read.query(fmt::format("SELECT {} FROM {} NOT INDEXED", values, indexes.front().table));
  std::vector<Sum> sums(indexes.size(), Sum(salt));
  while (rows.step()) {
    int column = 0;
    for (std::size_t i = 0; i < indexes.size(); ++i) {
      const int count = size_of_entry(indexes[i]);
      if (rows.integer(column) != 0) sums[i].add(rows, column + 1, count);
      column += count + 1;
    }
  }
  return sums;
}

bool has_exactly(Read& read, const Index& index, const Sum& expected, const std::string& salt) {
  Query entries =
      read.query(fmt::format("SELECT {}, rowid FROM {} INDEXED BY {} WHERE {}",
                             fmt::join(index.columns, ", "), index.table, index.name, index.condition));
  Sum sum(salt);
  Order order(index);
  while (entries.step()) {
    if (!order.add(entries)) return false;
    sum.add(entries, 0, size_of_entry(index));
  }
  return sum == expected;
}

}  // namespace

std::optional<std::string> find_bad_index(Read& read) {
  const std::vector<Index> indexes = indexes_of_schema(read);
  const std::string salt = random_bytes(16);
  for (auto begin = indexes.begin(); begin != indexes.end();) {
    const auto end =
        std::find_if(begin, indexes.end(), [&](const Index& index) { return index.table != begin->table; });
    const std::vector<Index> of_table(begin, end);
    const std::vector<Sum> expected = sums_of_table(read, of_table, salt);
    for (std::size_t i = 0; i < of_table.size(); ++i) {
      if (!has_exactly(read, of_table[i], expected[i], salt)) return of_table[i].name;
    }
    begin = end;
  }
  return std::nullopt;
}

}  // namespace covenant
