#include "core/formats/table.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "core/formats/style.hpp"
#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

constexpr std::size_t rows_ahead = 200;
constexpr std::size_t gap = 2;
/// A column that shrinks keeps this much: an id, a date and a status are never cut for the sake of another.
constexpr std::size_t narrowest = 10;
std::size_t sum_of(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0});
}

/// Shrinks the widest columns until all fit into `room`, as far as they can; those that may shrink no more
/// keep `least`.
void shrink(std::vector<std::size_t>& widths, const std::vector<std::size_t>& least, std::size_t room) {
  for (std::size_t taken = sum_of(widths); taken > room; --taken) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] > least[i] && (widest == nullptr || widths[i] > *widest)) widest = &widths[i];
    }
    if (widest == nullptr) return;
    --*widest;
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
  if (look_.width > 0) fit();
  if (look_.header == Header::shown) write_header();
  for (const Row& row : ahead_) write_row(row);
  ahead_ = {};
}

/// Categories are known by their first letters, and names by their first words: these shrink first, then the
/// widest of the others; at last the columns on the right go.
void TableWriter::fit() {
  constexpr std::size_t narrowest_name = 20;
  const std::size_t gaps = gap * (columns_.size() - 1);
  const std::size_t room = look_.width - std::min(look_.width, gaps);
  const std::vector<std::size_t> full = widths_;
  std::vector<std::size_t> least = widths_;
  const auto let_shrink = [&](const auto& is_meant, std::size_t limit) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (is_meant(columns_[i])) least[i] = std::min(widths_[i], limit);
    }
    shrink(widths_, least, room);
  };
  const auto is_long = [](Column column) { return info_of(column).is_free_text; };
  let_shrink(is_long, narrowest_name);
  let_shrink([](Column column) { return column == "categories"_column; }, narrowest);
  const auto is_name = [](Column column) { return column == "name"_column; };
  let_shrink(is_name, narrowest_name);
  let_shrink([&](Column column) { return !is_name(column) && shape_of(column) == ColumnShape::text; },
             narrowest);
  const auto left_over = [&] {
    const std::size_t taken = sum_of(widths_) + gap * (widths_.size() - 1);
    return static_cast<std::ptrdiff_t>(look_.width) - static_cast<std::ptrdiff_t>(taken);
  };
  if (left_over() >= 0) return;
  while (widths_.size() > 1 && left_over() < 0) widths_.pop_back();
  // Names take again what the columns that went leave.
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    if (is_name(columns_[i]))
      widths_[i] =
          std::min(full[i], widths_[i] + static_cast<std::size_t>(std::max<std::ptrdiff_t>(left_over(), 0)));
  }
}

void TableWriter::write_header() {
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    std::string heading(code_of(columns_[i]));
    if (widths_.size() < columns_.size() && i + 1 == widths_.size()) heading += "…";
    append_cell(i, heading, style_of_heading);
  }
  end_line();
}

void TableWriter::write_row(const Row& row) {
  for (std::size_t i = 0; i < widths_.size(); ++i) {
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
