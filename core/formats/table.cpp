#include "core/formats/table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

constexpr std::size_t rows_ahead = 200;
constexpr std::size_t gap = 2;
/// A column that shrinks keeps this much: an id, a date and a status are never cut for the sake of another.
constexpr std::size_t narrowest = 10;
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

std::string_view style_of(Status status) {
  switch (status) {
    case Status::applied:
      return "\x1b[33m";
    case Status::eligible:
      return "\x1b[36m";
    case Status::approved:
      return "\x1b[32m";
    case Status::ineligible:
    case Status::revoked:
      return "\x1b[31m";
    case Status::withdrawn:
      return "\x1b[2m";
  }
  return "";
}

std::size_t sum_of(const std::vector<std::size_t>& widths, std::size_t most) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0},
                         [&](std::size_t sum, std::size_t width) { return sum + std::min(width, most); });
}

/// Shrinks the widest columns until all fit into `room`, as far as they can.
void shrink(std::vector<std::size_t>& widths, std::size_t room) {
  std::size_t most = *std::max_element(widths.begin(), widths.end());
  while (most > narrowest && sum_of(widths, most) > room) --most;
  // What rounding left over goes to the first of the columns that shrank.
  std::size_t left = room - std::min(room, sum_of(widths, most));
  for (std::size_t& width : widths) {
    if (width <= most) continue;
    const std::size_t more = std::min(left, width - most);
    width = most + more;
    left -= more;
  }
}

}  // namespace

TableWriter::TableWriter(std::vector<Column> columns, TextSink& sink, const TableLook& look)
    : columns_(std::move(columns)), sink_(sink), look_(look) {}

void TableWriter::row(const ListedRow& listed) {
  Row row{{}, listed.status};
  row.cells.reserve(listed.texts.size());
  for (const std::string_view text : listed.texts) row.cells.push_back(line_for_terminal(text));
  if (is_laid_out_) {
    write_row(row);
    return;
  }
  ahead_.push_back(std::move(row));
  if (ahead_.size() == rows_ahead) lay_out();
}

void TableWriter::finish() {
  if (!is_laid_out_) lay_out();
}

void TableWriter::lay_out() {
  is_laid_out_ = true;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = look_.header == Header::shown ? code_of(columns_[i]).size() : 0;
    for (const Row& row : ahead_) width = std::max(width, display_width(row.cells[i]));
    widths_.push_back(width);
  }
  const std::size_t gaps = gap * (columns_.size() - 1);
  if (look_.width > 0) shrink(widths_, look_.width - std::min(look_.width, gaps));
  if (look_.header == Header::shown) write_header();
  for (const Row& row : ahead_) write_row(row);
  ahead_ = {};
}

void TableWriter::write_header() {
  for (std::size_t i = 0; i < columns_.size(); ++i) append_cell(i, std::string(code_of(columns_[i])), bold);
  end_line();
}

void TableWriter::write_row(const Row& row) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    append_cell(i, row.cells[i], columns_[i] == "status"_column ? style_of(row.status) : std::string_view());
  }
  end_line();
}

void TableWriter::append_cell(std::size_t column, const std::string& text, std::string_view style) {
  const std::size_t width = widths_[column];
  // Where even the narrowest columns are too many, the line ends with the terminal.
  const std::size_t room = look_.width - std::min(look_.width, used_ + blanks_);
  const std::string shown = look_.width > 0 ? clipped(text, std::min(width, room)) : text;
  const std::size_t taken = display_width(shown);
  const std::size_t padding = width - std::min(width, taken);
  const bool is_number = shape_of(columns_[column]) == ColumnShape::number;
  if (is_number) blanks_ += padding;
  if (!shown.empty()) {
    used_ += blanks_ + taken;
    line_.append(std::exchange(blanks_, 0), ' ');
    const bool is_styled = look_.color == Color::ansi && !style.empty();
    if (is_styled) line_ += style;
    line_ += shown;
    if (is_styled) line_ += plain;
  }
  blanks_ += (is_number ? 0 : padding) + gap;
}

void TableWriter::end_line() {
  line_ += '\n';
  sink_.write(line_);
  line_.clear();
  blanks_ = 0;
  used_ = 0;
}

}  // namespace covenant
