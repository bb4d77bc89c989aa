#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sink.hpp"
#include "core/formats/list.hpp"

namespace covenant {

/// A column of a table for people.
struct TextColumn {
  enum class Side { left, right };

  std::string_view heading;
  Side side = Side::left;
  std::size_t least = 0;  ///< columns of the terminal that it takes at least
  std::size_t most = std::numeric_limits<std::size_t>::max();  ///< on a terminal; a longer text is clipped
};

/// What is said of a row beside its cells. On a terminal it is below them, indented to the second column;
/// else it is the last cell.
struct RowDetail {
  enum class Lines { wrapped, whole };

  std::string_view heading{};
  Lines lines = Lines::whole;
  /// A terminal of that many columns has it as the last column.
  std::size_t beside_from = std::numeric_limits<std::size_t>::max();
};

/// A table of texts: columns two blanks apart, as wide as the first 200 rows ask for. On a terminal nothing
/// of a row but its detail is wider than that; elsewhere each row is whole and one line. Every control
/// character is made visible, line ends are blanks.
class TextTable {
 public:
  /// The sink must live as long as the table.
  TextTable(std::vector<TextColumn> columns, const RowDetail& detail, TextSink& sink, const TableLook& look);

  /// A text for each column; a detail that is empty is none.
  void row(const std::vector<std::string>& cells, std::string_view detail = {});
  /// Writes what is still held; of a table without rows the headings.
  void finish();

 private:
  struct Row {
    std::vector<std::string> cells;
    std::string detail;
  };

  bool is_beside() const { return look_.width == 0 || look_.width >= detail_.beside_from; }
  void lay_out();
  void write_headings();
  void write_row(const std::vector<std::string>& cells, std::string_view detail, std::string_view style,
                 std::string_view detail_style);
  void write_below(std::string_view detail);

  std::vector<TextColumn> columns_;
  RowDetail detail_;
  TextSink& sink_;
  TableLook look_;
  std::vector<std::size_t> widths_;
  std::vector<Row> ahead_;  ///< rows that wait for the widths
  bool is_laid_out_ = false;
  std::string line_;
};

}  // namespace covenant
