#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/sink.hpp"
#include "core/formats/csv_cell.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// How a list of partners is written. Source: covenant-csv(5), LISTS.
enum class ListFormat { table, csv, tsv, json, jsonl };

template <>
struct Codes<ListFormat> {
  static constexpr std::array<std::string_view, 5> codes = {"table", "csv", "tsv", "json", "jsonl"};
};

/// Whether a table is coloured, by the escape sequences of ANSI terminals. Source: ECMA-48, SGR.
enum class Color { none, ansi };
/// Whether the names of the columns come first.
enum class Header { shown, hidden };

/// How a table looks; `header` is for csv and tsv too.
struct TableLook {
  std::size_t width = 0;  ///< of the terminal, in columns; 0: nothing is clipped
  Color color = Color::none;
  Header header = Header::shown;
  CsvReadBy csv_read_by = CsvReadBy::program;  ///< of csv
};

/// Writes partners one at a time; keeps one row (a table the first 200, for the widths of its columns).
class ListWriter {
 public:
  ListWriter() = default;
  ListWriter(const ListWriter&) = delete;
  ListWriter& operator=(const ListWriter&) = delete;
  virtual ~ListWriter() = default;

  /// `row` has the texts of the writer's columns.
  virtual void row(const ListedRow& row) = 0;
  /// Writes what is still held, and the end.
  virtual void finish() = 0;
};

/// The sink must live as long as the writer.
std::unique_ptr<ListWriter> make_list_writer(ListFormat format, std::vector<Column> columns, TextSink& sink,
                                             const TableLook& look);

}  // namespace covenant
