#include "core/store/raw_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace covenant {

void demand_memory(std::string_view verdict) {
  static const std::string no_memory = fmt::format("unable to get the page. error code={}", SQLITE_NOMEM);
  if (verdict.find(no_memory) != std::string_view::npos) throw std::bad_alloc();
}

void for_each_file_fault(Read& read, const std::function<void(std::string_view)>& visit) {
  Query query = read.query("PRAGMA integrity_check");
  while (query.step()) {
    demand_memory(query.bytes(0));
    if (query.bytes(0) != "ok") visit(query.bytes(0));
  }
}

void for_each_dangling_row(Read& read, std::string_view table,
                           const std::function<void(const DanglingRow&)>& visit) {
  constexpr std::string_view all = "PRAGMA foreign_key_check";
  Query query = read.query(table.empty() ? std::string(all) : fmt::format("{}({})", all, table));
  while (query.step()) visit({query.bytes(0), query.is_null(1) ? "?" : query.bytes(1), query.bytes(2)});
}

std::int64_t count_rows(Read& read, std::string_view table) {
  Query query = read.query(fmt::format("SELECT count(*) FROM {}", table));
  query.step();
  return query.integer(0);
}

AttachedRows& AttachedRows::operator+=(const AttachedRows& other) {
  findings += other.findings;
  sources += other.sources;
  commitments += other.commitments;
  evidence += other.evidence;
  erased_documents += other.erased_documents;
  endings += other.endings;
  former_names += other.former_names;
  undone_events += other.undone_events;
  return *this;
}

namespace {

std::string count_attached_sql(std::string_view condition) {
  return fmt::format(R"(
SELECT (SELECT count(*) FROM finding {0}), (SELECT count(*) FROM finding_source {0}),
  (SELECT count(*) FROM commitment {0}), (SELECT count(*) FROM evidence {0}),
  (SELECT count(*) FROM erased_document {0}), (SELECT count(*) FROM ending {0}),
  (SELECT count(*) FROM former_name {0}), (SELECT count(undone_by) FROM partner_event {0}))",
                     condition);
}

}  // namespace

AttachedRows count_attached_rows(Read& read, std::optional<PartnerId> partner) {
  static const std::string of_all = count_attached_sql("");
  static const std::string of_one = count_attached_sql("WHERE partner = :partner");
  Query query = read.query(partner ? of_one : of_all);
  if (partner) query.bind(":partner", partner->number());
  query.step();
  int column = 0;
  const auto next = [&] { return query.integer(column++); };
  return {.findings = next(),
          .sources = next(),
          .commitments = next(),
          .evidence = next(),
          .erased_documents = next(),
          .endings = next(),
          .former_names = next(),
          .undone_events = next()};
}

TableColumns columns_of(Read& read, const char* table) {
  TableColumns columns{table, {}, 0};
  Query query = read.query("SELECT name, pk FROM pragma_table_xinfo(:table) ORDER BY pk = 0, pk, cid");
  query.bind(":table", table);
  while (query.step()) {
    columns.names.emplace_back(query.text(0));
    if (query.integer(1) > 0) ++columns.key_size;
  }
  return columns;
}

namespace {

std::string select_rows(const TableColumns& columns) {
  std::string values;
  std::string order;
  for (std::size_t i = 0; i < columns.names.size(); ++i) {
    const std::string& name = columns.names[i];
    values += fmt::format("{}typeof({}), {}", i == 0 ? "" : ", ", name, name);
    if (i < columns.key_size) order += fmt::format("{}{}", i == 0 ? "" : ", ", name);
  }
  return fmt::format("SELECT {} FROM {} ORDER BY {}", values, columns.table, order);
}

}  // namespace

std::vector<TableColumns> tables_of(Read& read) {
  std::vector<TableColumns> tables;
  Query names = read.query(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER "
      "BY name");
  while (names.step()) tables.push_back(columns_of(read, std::string(names.text(0)).c_str()));
  return tables;
}

TableRows::TableRows(Read& read, const TableColumns& columns) : rows_(read.query(select_rows(columns))) {}

RawInsertion::RawInsertion(Write& write, const TableColumns& columns) : write_(write) {
  std::vector<std::string> stored;
  std::vector<std::string> parameters;
  std::vector<std::string> as_computed;
  for (const std::string& name : columns.names) {
    Query query = write.query("SELECT type, hidden FROM pragma_table_xinfo(:table) WHERE name = :name");
    query.bind(":table", columns.table).bind(":name", name).step();
    types_.emplace_back(query.text(0));
    std::string parameter = fmt::format("?{}", types_.size());
    if (query.integer(1) == 0) {
      stored.push_back(name);
      parameters.push_back(std::move(parameter));
    } else {
      as_computed.push_back(fmt::format("{} IS {}", name, parameter));
    }
  }
  sql_ = fmt::format("INSERT INTO {} ({}) VALUES ({})", columns.table, fmt::join(stored, ", "),
                     fmt::join(parameters, ", "));
  computes_ = !as_computed.empty();
  if (computes_) sql_ += fmt::format(" RETURNING {}", fmt::join(as_computed, " AND "));
}

bool RawInsertion::insert(const std::vector<RawValue>& values) {
  Query query = write_.query(sql_);
  int index = 0;
  for (const RawValue& value : values) {
    ++index;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      query.bind(index, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      query.bind(index, Kept(*text));
    } else if (const auto* blob = std::get_if<RawBlob>(&value)) {
      query.bind(index, Blob{blob->bytes});
    } else {
      query.bind(index, std::nullopt);
    }
  }
  try {
    if (computes_) return query.step() && query.integer(0) == 1;
    query.run();
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::damaged) throw;
    demand_readable();  // else a constraint refused it
    return false;
  }
}

void for_each_property(Read& read, const std::function<void(std::string_view, std::string_view)>& visit) {
  Query query = read.query("SELECT name, value FROM property");
  while (query.step()) visit(query.bytes(0), query.bytes(1));
}

}  // namespace covenant
