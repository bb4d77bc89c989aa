#include "core/formats/public_csv.hpp"

#include "core/model/public_list.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

char delimiter(CsvReadBy read_by) {
  return read_by == CsvReadBy::spreadsheet ? ';' : ',';
}

}  // namespace

std::string public_csv_header(CsvReadBy read_by) {
  std::string line = read_by == CsvReadBy::spreadsheet ? "\xEF\xBB\xBF" : "";
  for (const std::string_view name : Codes<PublicField>::codes) {
    if (name != Codes<PublicField>::codes.front()) line += delimiter(read_by);
    line += name;
  }
  return line;
}

PublicCsvWriter::PublicCsvWriter(TextSink& sink, CsvReadBy read_by) : sink_(sink), read_by_(read_by) {
  sink_.write(public_csv_header(read_by) + "\r\n");
}

void PublicCsvWriter::cell(std::string_view text) {
  if (!line_.empty()) line_ += delimiter(read_by_);
  if (read_by_ == CsvReadBy::spreadsheet && is_formula_like(text)) {
    append_csv(line_, std::string(1, '\'').append(text), delimiter(read_by_));
  } else {
    append_csv(line_, text, delimiter(read_by_));
  }
}

void PublicCsvWriter::end_row() {
  line_ += "\r\n";
  sink_.write(line_);
  line_.clear();
}

void PublicCsvWriter::row(const PublicTexts& texts) {
  for (const std::string_view text : texts) cell(text);
  end_row();
}

}  // namespace covenant
