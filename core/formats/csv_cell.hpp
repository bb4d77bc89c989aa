#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// For whom a CSV is written: for programs, the data exactly; for people who open it in a spreadsheet,
/// with semicolons, a byte order mark and guarded formulas. Source: covenant-export(1), DESCRIPTION.
enum class CsvReadBy { program, spreadsheet };

constexpr char separator(CsvReadBy read_by) {
  return read_by == CsvReadBy::spreadsheet ? ';' : ',';
}

/// What a file begins with.
constexpr std::string_view beginning(CsvReadBy read_by) {
  return read_by == CsvReadBy::spreadsheet ? "\xEF\xBB\xBF" : "";
}

/// One cell, quoted where it has to be.
void append_cell(std::string& out, std::string_view text, CsvReadBy read_by);

}  // namespace covenant
