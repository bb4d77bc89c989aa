#include "core/ops/batch_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

std::string with_underscores(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Problem header_problem(std::string_view name, std::string message, std::uint64_t line) {
  return {ProblemCode::columns, std::string(name), std::move(message), std::string(name), line};
}

Problem unknown_column(std::string_view name, const BatchColumns& columns, std::uint64_t line) {
  const auto near = nearest(name, columns.known);
  return header_problem(
      name,
      near ? fmt::format("unknown column; did you mean '{}'?", *near) : "unknown column; see covenant-csv(5)",
      line);
}

void find_missing(BatchHeader& header, const std::vector<std::string>& seen, const BatchColumns& columns,
                  std::uint64_t line) {
  const auto is_there = [&](std::string_view name) {
    return std::find(seen.begin(), seen.end(), name) != seen.end();
  };
  const bool lifts = !columns.lifting.empty() && is_there(columns.lifting);
  for (const std::string_view name : columns.required) {
    if (is_there(name) || (lifts && contains(columns.lifted, name))) continue;
    header.problems.push_back(header_problem(name, "column is missing; add it", line));
  }
}

}  // namespace

BatchHeader read_header(const std::vector<CsvField>& names, const BatchColumns& columns) {
  BatchHeader header;
  std::vector<std::string> seen;
  const std::uint64_t line = names.front().line;
  for (const CsvField& field : names) {
    const std::string name = with_underscores(field.text);
    const auto known = std::find(columns.known.begin(), columns.known.end(), name);
    const bool is_error =
        std::find(std::begin(error_columns), std::end(error_columns), name) != std::end(error_columns);
    header.is_error_column.push_back(is_error);
    header.known.push_back(known == columns.known.end()
                               ? std::nullopt
                               : std::optional(static_cast<std::size_t>(known - columns.known.begin())));
    if (find_invalid_utf8(field.text)) {
      header.problems.push_back({ProblemCode::encoding, std::string(field.text),
                                 fmt::format("the header is not UTF-8: '{}'", for_terminal(field.text)), "",
                                 line});
    } else if (name.empty()) {
      header.problems.push_back(header_problem(
          name, fmt::format("column {} has no heading; add one or remove it", seen.size() + 1), line));
    } else if (known == columns.known.end() && !is_error && !contains(columns.ignored, name)) {
      header.problems.push_back(unknown_column(field.text, columns, line));
    } else if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      header.problems.push_back(header_problem(name, "column appears twice; remove one", line));
    }
    seen.push_back(name);
  }
  find_missing(header, seen, columns, line);
  return header;
}

}  // namespace covenant
