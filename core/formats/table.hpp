#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/formats/list.hpp"

namespace covenant {

/// A list for people: columns two blanks apart, as wide as the first 200 rows ask for. Where the terminal is
/// narrower, the widest columns shrink and what does not fit is cut with '…'; every control character is
/// made visible, line ends are blanks.
class TableWriter final : public ListWriter {
 public:
  TableWriter(std::vector<Column> columns, TextSink& sink, const TableLook& look);

  void row(const ListedRow& listed) override;
  void finish() override;

 private:
  struct Row {
    std::vector<std::string> cells;
    Status status;
  };

  void lay_out();
  void fit();
  void write_header();
  void write_row(const Row& row);
  void append_cell(std::size_t column, const std::string& text, std::string_view style);
  void end_line();

  std::vector<Column> columns_;
  TextSink& sink_;
  TableLook look_;
  std::vector<std::size_t> widths_;  ///< of the columns that are shown
  std::vector<Row> ahead_;           ///< rows that wait for the widths
  bool is_laid_out_ = false;
  std::string line_;
  std::size_t used_ = 0;    ///< display columns of the line so far
  std::size_t blanks_ = 0;  ///< owed before the next text of the line
};

}  // namespace covenant
