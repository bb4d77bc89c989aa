#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/sink.hpp"
#include "core/ops/outcome.hpp"
#include "core/text/csv_reader.hpp"
#include "core/text/encoding.hpp"
#include "core/text/file_kind.hpp"

namespace covenant {

/// Another name of a column.
struct ColumnAlias {
  std::string_view alias;
  std::string_view name;
};

/// Which columns a spreadsheet may have, by name (`folded_column_name`).
struct BatchColumns {
  std::vector<std::string_view> known{};    ///< read
  std::vector<std::string_view> ignored{};  ///< not read, with a column `id`
  std::vector<std::string_view> required{};
  /// Columns that name a stored partner: a file that has one of them may lack those that are required.
  std::vector<std::string_view> naming{};
  std::vector<ColumnAlias> aliases{};
};

/// A row of a spreadsheet. In a file for spreadsheet programs a cell that was kept from running as a formula
/// has lost its first apostrophe.
struct BatchRow {
  std::vector<std::optional<std::string_view>> cells{};  ///< by known column: nothing where the file has none
  std::uint64_t line = 0;                                ///< on which it begins, from 1
};

/// What became of a batch.
struct BatchCounts {
  std::uint64_t read = 0;
  std::uint64_t applied = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t rejected = 0;
  std::uint64_t blank = 0;      ///< rows without any value and empty lines, which `read` does not count
  bool header_is_valid = true;  ///< false: no row was read

  bool all_good() const { return header_is_valid && rejected == 0; }
};

/// What a batch reports while it runs.
struct BatchListener {
  std::function<void(const Outcome&)> outcome;  ///< of each row that was processed; its notes have their line
  std::function<void(const Problem&)> problem;  ///< each with its line
  std::function<void(std::uint64_t)> progress;  ///< rows read so far, now and then
  /// The problem of a file that is empty, not in UTF-8 or no CSV, once, and what it is.
  std::function<void(const Problem&, const FileKind&)> foreign;
};

/// A spreadsheet to be read.
struct BatchInput {
  ByteSource source;
  std::optional<char> delimiter;       ///< nothing: detected from the header
  std::optional<Encoding> encoding{};  ///< nothing: UTF-8
};

/// Where rejected rows are written: the same columns and bytes, and at the end error_line, error_column,
/// error_code and error, all in the encoding of the file. Null: nowhere.
using Rejects = TextSink*;

/// Reads a CSV file (covenant-csv(5)) and calls `handle` for each row with a value. A row with problems is
/// left out and the next one is read; what that means for the whole is the caller's decision. A file that is
/// no CSV in UTF-8, or in the encoding that was named, has one problem, without a line; one in Windows-1252
/// reports the first row that shows it.
BatchCounts run_batch(const BatchInput& input, const BatchColumns& columns,
                      const std::function<OutcomeResult(const BatchRow&)>& handle,
                      const BatchListener& listener, Rejects rejects);

}  // namespace covenant
