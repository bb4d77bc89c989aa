// The CSV reader: it ends, and the records are the same whatever pieces the bytes come in.
#include "core/text/csv_reader.hpp"

#include <algorithm>
#include <string>

#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

std::string records(std::string_view text, std::size_t step) {
  std::size_t given = 0;
  CsvReader reader(
      [&](char* buffer, std::size_t size) {
        const std::size_t count = text.copy(buffer, std::min(size, step), given);
        given += count;
        return count;
      },
      ',');
  std::string all;
  std::size_t most = text.size() + 2;
  for (CsvResult result = reader.next(); result != CsvResult::end; result = reader.next()) {
    demand(most-- > 0, "the reader does not come to an end");
    all += std::to_string(reader.line()) + (result == CsvResult::record ? "+" : "-");
    for (const CsvField& field : reader.fields()) all.append(field.text).append("|").append(field.raw);
  }
  return all;
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant::fuzz;
  if (size == 0) return 0;
  constexpr std::size_t steps = 7;
  const std::string_view text = text_of(bytes, size).substr(1);
  const std::size_t step = 1 + bytes[0] % steps;
  demand(records(text, step) == records(text, text.size() + 1), "other records in pieces");
  return 0;
}
