#include "core/formats/text_table.hpp"

#include <algorithm>
#include <utility>

#include "core/formats/style.hpp"
#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

constexpr std::size_t rows_ahead = 200;
constexpr std::size_t gap = 2;
/// What is left of the last column beside a detail.
constexpr std::size_t narrowest = 20;

void append_cell(std::string& line, const std::string& text, std::size_t width, TextColumn::Side side) {
  const std::size_t taken = display_width(text);
  const std::size_t padding = width - std::min(width, taken);
  if (side == TextColumn::Side::right) line.append(padding, ' ');
  line += text;
  if (side == TextColumn::Side::left) line.append(padding, ' ');
}

}  // namespace

TextTable::TextTable(std::vector<TextColumn> columns, const RowDetail& detail, TextSink& sink,
                     const TableLook& look)
    : columns_(std::move(columns)), detail_(detail), sink_(sink), look_(look) {}

void TextTable::row(const std::vector<std::string>& cells, std::string_view detail) {
  Row row{{}, line_for_terminal(detail)};
  row.cells.reserve(cells.size());
  for (const std::string& cell : cells) row.cells.push_back(line_for_terminal(cell));
  if (is_laid_out_) {
    write_row(row.cells, row.detail, {}, look_.color == Color::ansi ? faint : std::string_view());
    return;
  }
  ahead_.push_back(std::move(row));
  if (ahead_.size() == rows_ahead) lay_out();
}

void TextTable::finish() {
  if (!is_laid_out_) lay_out();
}

void TextTable::lay_out() {
  is_laid_out_ = true;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool has_header = look_.header == Header::shown;
    std::size_t width = std::max(columns_[i].least, has_header ? columns_[i].heading.size() : 0);
    for (const Row& row : ahead_) width = std::max(width, display_width(row.cells[i]));
    widths_.push_back(look_.width == 0 ? width : std::min(width, columns_[i].most));
  }
  if (look_.width > 0 && is_beside()) {
    std::size_t taken = gap * columns_.size();
    for (const std::size_t width : widths_) taken += width;
    std::size_t detail = 0;
    for (const Row& row : ahead_) detail = std::max(detail, display_width(row.detail));
    const std::size_t room = look_.width - std::min(look_.width, taken - widths_.back() + detail);
    widths_.back() = std::min(widths_.back(), std::max(room, narrowest));
  }
  if (look_.header == Header::shown) write_headings();
  for (const Row& row : std::exchange(ahead_, {}))
    write_row(row.cells, row.detail, {}, look_.color == Color::ansi ? faint : std::string_view());
}

void TextTable::write_headings() {
  std::vector<std::string> headings;
  for (const TextColumn& column : columns_) headings.emplace_back(column.heading);
  const std::string_view style = look_.color == Color::ansi ? style_of_heading : std::string_view();
  write_row(headings, is_beside() ? detail_.heading : std::string_view(), style, style);
}

void TextTable::write_row(const std::vector<std::string>& cells, std::string_view detail,
                          std::string_view style, std::string_view detail_style) {
  line_.clear();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line_.append(gap, ' ');
    append_cell(line_, look_.width > 0 ? clipped(cells[i], widths_[i]) : cells[i], widths_[i],
                columns_[i].side);
  }
  const bool has_detail_beside = is_beside() && !detail.empty();
  if (!has_detail_beside) line_.erase(line_.find_last_not_of(' ') + 1);
  std::string text;
  append_styled(text, look_.width > 0 && !has_detail_beside ? clipped(line_, look_.width) : line_, style);
  if (has_detail_beside) {
    text.append(gap, ' ');
    append_styled(text, detail, detail_style);
  }
  sink_.write(text.append("\n"));
  if (!is_beside()) write_below(detail);
}

void TextTable::write_below(std::string_view detail) {
  if (detail.empty()) return;
  const std::string indent(widths_.front() + gap, ' ');
  const bool is_whole = detail_.lines == RowDetail::Lines::whole;
  const std::size_t room = look_.width - std::min(look_.width, indent.size());
  for (const std::string& text : is_whole ? std::vector{std::string(detail)} : wrapped(detail, room)) {
    line_ = indent;
    append_styled(line_, text, is_whole && look_.color == Color::ansi ? faint : std::string_view());
    sink_.write(line_.append("\n"));
  }
}

}  // namespace covenant
