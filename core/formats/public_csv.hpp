#pragma once

#include <string>
#include <string_view>

#include "core/base/sink.hpp"
#include "core/model/public_list.hpp"

namespace covenant {

/// For whom a public CSV is written: for programs, the data exactly; for people who open it in a spreadsheet,
/// with a byte order mark and semicolons, and no cell that would run as a formula.
enum class CsvReadBy { program, spreadsheet };

/// Writes the public list as RFC 4180 CSV with CRLF, in UTF-8. Source: covenant-export(1), DESCRIPTION.
class PublicCsvWriter {
 public:
  /// Writes the header. The sink must live as long as the writer.
  PublicCsvWriter(TextSink& sink, CsvReadBy read_by);

  void row(const PublicTexts& texts);

 private:
  void cell(std::string_view text);
  void end_row();

  TextSink& sink_;
  CsvReadBy read_by_;
  std::string line_;
};

/// The line of column names that every public CSV begins with, by whom it is read; without its line end.
std::string public_csv_header(CsvReadBy read_by);

}  // namespace covenant
