#pragma once

#include <string>
#include <vector>

#include "core/output/list_writer.hpp"

namespace covenant {

/// A table for people: aligned by display width, clipped to the terminal, nothing in it that could drive it.
class TableWriter final : public ListWriter {
 public:
  TableWriter(std::vector<Column> columns, TextSink& sink, const TableLook& look);

  void row(const Partner& partner) override;
  void finish() override;

 private:
  using Cells = std::vector<std::string>;

  void measure(const Cells& cells);
  void fit_to_terminal();
  void write_head();
  void write(const Cells& cells, std::string_view begin, std::string_view end);

  std::vector<Column> columns_;
  TextSink& sink_;
  TableLook look_;
  std::vector<std::size_t> widths_;
  std::vector<Cells> held_;
  std::vector<Status> held_status_;
  bool is_measured_ = false;
};

}  // namespace covenant
