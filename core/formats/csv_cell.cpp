#include "core/formats/csv_cell.hpp"

#include "core/text/escape.hpp"

namespace covenant {

void append_cell(std::string& out, std::string_view text, CsvReadBy read_by) {
  if (read_by == CsvReadBy::spreadsheet && is_formula_like(text)) {
    append_csv(out, std::string(1, '\'').append(text), separator(read_by));
  } else {
    append_csv(out, text, separator(read_by));
  }
}

}  // namespace covenant
