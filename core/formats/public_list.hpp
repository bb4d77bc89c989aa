#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/base/sink.hpp"
#include "core/formats/csv_cell.hpp"
#include "core/model/codes.hpp"
#include "core/model/public_list.hpp"

namespace covenant {

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

/// Writes the public list as one JSON object, format 1, an entry a line.
/// Source: covenant-export(1), DESCRIPTION.
class PublicJsonWriter {
 public:
  /// Writes all that comes before the partners; `labels` are the categories' names in the list's language, in
  /// the order of `Category`. The sink must live as long as the writer.
  PublicJsonWriter(TextSink& sink, const std::string& title, const PublicSummary& summary,
                   const std::array<std::string, code_count<Category>>& labels);

  void row(const PublicTexts& texts);
  /// Every partner comes before the first former one.
  void former(const FormerPartner& partner);
  void finish();

 private:
  enum class Part { partners, former };

  void begin_entry();
  void begin_former();

  TextSink& sink_;
  Part part_ = Part::partners;
  bool any_ = false;
  std::string entry_;
};

}  // namespace covenant
