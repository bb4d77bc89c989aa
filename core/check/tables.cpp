#include "core/check/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/history/replay.hpp"
#include "core/store/raw_tables.hpp"
#include "core/text/collator.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// The tables that the events say everything of.
constexpr std::array<const char*, 10> projected_tables = {
    "partner",    "former_name", "partner_event",   "finding", "finding_source",
    "commitment", "evidence",    "erased_document", "ending",  "policy"};

/// The columns to compare.
TableColumns compared_columns(Read& expected, const char* table, SortKeys sort_keys) {
  TableColumns columns = columns_of(expected, table);
  if (sort_keys == SortKeys::any) std::erase(columns.names, "sort_key");
  return columns;
}

/// The rows of a table, the one at hand.
class Rows {
 public:
  Rows(Read& read, const TableColumns& columns) : rows_(read, columns), key_size_(columns.key_size) {
    next();
  }

  void next() { is_there_ = rows_.next(); }
  bool is_there() const { return is_there_; }

  bool has_same(std::size_t column, const Rows& other) const {
    return type(column) == other.type(column) && value(column) == other.value(column);
  }

  /// Below, at or above 0 as this row is before, at or after the other.
  int compare_key(const Rows& other) const {
    if (!is_there_ || !other.is_there_) return is_there_ ? -1 : 1;
    for (std::size_t i = 0; i < key_size_; ++i) {
      if (has_same(i, other)) continue;
      if (type(i) == "integer" && other.type(i) == "integer") return integer(i) < other.integer(i) ? -1 : 1;
      return value(i) < other.value(i) ? -1 : 1;
    }
    return 0;
  }

  /// The key, where it is one number.
  std::optional<std::int64_t> number() const {
    if (key_size_ != 1 || type(0) != "integer" || integer(0) < 1) return std::nullopt;
    return integer(0);
  }

  /// For people.
  std::string shown(std::size_t column) const {
    if (type(column) == "null") return "empty";
    if (type(column) == "blob") return fmt::format("{} bytes", value(column).size());
    if (type(column) == "text") return in_quotes(value(column));
    return std::string(value(column));
  }

 private:
  std::string_view type(std::size_t column) const { return rows_.type(column); }
  std::string_view value(std::size_t column) const { return rows_.value(column); }
  std::int64_t integer(std::size_t column) const { return rows_.integer(column); }

  TableRows rows_;
  std::size_t key_size_;
  bool is_there_ = false;
};

/// "AP-0001" or "table finding, partner 1, criterion 'scope'".
std::string place(const TableColumns& columns, const Rows& row) {
  if (const auto number = row.number(); number && columns.table == "partner") return PartnerId(*number).str();
  std::string text = "table " + columns.table;
  for (std::size_t i = 0; i < columns.key_size; ++i) {
    text += fmt::format(", {} {}", columns.names[i], row.shown(i));
  }
  return text;
}

void compare_rows(const TableColumns& columns, const Rows& stored, const Rows& expected,
                  const DamageSink& report) {
  for (std::size_t i = columns.key_size; i < columns.names.size(); ++i) {
    if (stored.has_same(i, expected)) continue;
    report(fmt::format("{}: {} is {}, the history says {}", place(columns, stored), columns.names[i],
                       stored.shown(i), expected.shown(i)));
  }
}

void compare_table(Read& read, Read& replayed, const TableColumns& columns, const DamageSink& report) {
  Rows stored(read, columns);
  Rows expected(replayed, columns);
  while (stored.is_there() || expected.is_there()) {
    const int order = stored.compare_key(expected);
    if (order < 0) report(place(columns, stored) + ": this row is not in the history");
    if (order > 0) report(place(columns, expected) + ": the row is missing");
    if (order == 0) compare_rows(columns, stored, expected, report);
    if (order <= 0) stored.next();
    if (order >= 0) expected.next();
  }
}

bool is_number(std::string_view value) {
  return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_collation(std::string_view value) {
  constexpr std::string_view begin = "ICU ";
  return value.starts_with(begin) && value.size() > begin.size() && value.back() != '.' &&
         value.find_first_not_of("0123456789.", begin.size()) == std::string_view::npos;
}

}  // namespace

SortKeys check_properties(Read& read, const DamageSink& report) {
  bool any = false;
  bool is_present = false;
  for_each_property(read, [&](std::string_view name, std::string_view value) {
    if (name == "erasure" && is_number(value)) return;
    if (name != "collation") {
      report(fmt::format("table property, name {}: no registry has it", in_quotes(name)));
      return;
    }
    any = true;
    if (!is_collation(value)) {
      report(fmt::format("table property, name 'collation': value {} names no rules of sorting",
                         in_quotes(value)));
    }
    is_present = value == Collator::version();
  });
  if (!any) report("table property, name 'collation': the row is missing");
  return is_present ? SortKeys::present : SortKeys::any;
}

void check_tables(Read& read, const DamageSink& report) {
  // Sort keys of an older release of the rules differ and are no damage.
  const SortKeys sort_keys = check_properties(read, report);
  Registry replayed = replay(read);
  Read expected = replayed.read();
  for (const char* table : projected_tables) {
    compare_table(read, expected, compared_columns(expected, table, sort_keys), report);
  }
}

}  // namespace covenant
