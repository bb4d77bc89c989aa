#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/ops/batch.hpp"

namespace covenant {

/// What a header says of the file's columns.
struct BatchHeader {
  std::vector<std::optional<std::size_t>> known;  ///< per column of the file: which known one it is, if any
  std::vector<bool> is_error_column;              ///< per column of the file: one of `error_columns`
  std::vector<bool> is_unnamed;                   ///< per column of the file: no heading, and no value either
  std::vector<Problem> problems;  ///< code `columns`, on the header's line; any means that no row is read
};

/// The columns that a rejects file adds.
inline constexpr std::array<std::string_view, 4> error_columns = {"error_line", "error_column", "error_code",
                                                                  "error"};

/// Reads the names of a file's columns, by what a command knows.
BatchHeader read_header(const std::vector<CsvField>& names, const BatchColumns& columns);

}  // namespace covenant
