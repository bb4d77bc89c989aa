#include "core/output/table_writer.hpp"

#include <algorithm>
#include <utility>

#include "core/text/escape.hpp"
#include "core/text/width.hpp"

namespace covenant {

namespace {

constexpr std::size_t rows_measured = 200;
constexpr std::string_view gap = "  ";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

std::string cell_of(const Partner& partner, Column column) {
  std::string text = column_text(partner, column).value_or("");
  std::replace(text.begin(), text.end(), '\n', ' ');
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return for_terminal(text);
}

/// Told by the word already; the colour only helps the eye.
std::string_view color_of(Status status) {
  switch (status) {
    case Status::approved:
      return "\x1b[32m";
    case Status::eligible:
      return "\x1b[36m";
    case Status::ineligible:
      return "\x1b[33m";
    case Status::revoked:
    case Status::withdrawn:
      return "\x1b[2m";
    case Status::applied:
      return "";
  }
  return "";
}

}  // namespace

TableWriter::TableWriter(std::vector<Column> columns, TextSink& sink, const TableLook& look)
    : columns_(std::move(columns)), sink_(sink), look_(look), widths_(columns_.size()) {
  if (look_.header == Header::hidden) return;
  for (std::size_t i = 0; i < columns_.size(); ++i) widths_[i] = code_of(columns_[i]).size();
}

void TableWriter::measure(const Cells& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], display_width(cells[i]));
}

/// Takes the width that is too much from the widest columns, one column of the terminal at a time.
void TableWriter::fit_to_terminal() {
  if (look_.width == 0) return;
  std::size_t total = gap.size() * (widths_.size() - 1);
  for (const std::size_t width : widths_) total += width;
  constexpr std::size_t narrowest = 4;
  while (total > look_.width) {
    const auto widest = std::max_element(widths_.begin(), widths_.end());
    if (*widest <= narrowest) return;
    --*widest;
    --total;
  }
}

void TableWriter::write(const Cells& cells, std::string_view begin, std::string_view end) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string text = look_.width == 0 ? cells[i] : clipped(cells[i], widths_[i]);
    line += text;
    const std::size_t width = display_width(text);
    if (width < widths_[i]) line.append(widths_[i] - width, ' ');
    line += gap;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  if (look_.width > 0) line = clipped(line, look_.width);
  if (look_.color == Color::ansi && !begin.empty()) line = std::string(begin) + line + std::string(end);
  sink_.write(line + "\n");
}

void TableWriter::write_head() {
  is_measured_ = true;
  fit_to_terminal();
  if (look_.header == Header::shown) {
    Cells names;
    for (const Column column : columns_) names.emplace_back(code_of(column));
    write(names, bold, plain);
  }
  for (std::size_t i = 0; i < held_.size(); ++i) write(held_[i], color_of(held_status_[i]), plain);
  held_.clear();
}

void TableWriter::row(const Partner& partner) {
  Cells cells;
  for (const Column column : columns_) cells.push_back(cell_of(partner, column));
  if (is_measured_) {
    write(cells, color_of(partner.status), plain);
    return;
  }
  measure(cells);
  held_.push_back(std::move(cells));
  held_status_.push_back(partner.status);
  if (held_.size() == rows_measured) write_head();
}

void TableWriter::finish() {
  if (!is_measured_) write_head();
}

}  // namespace covenant
