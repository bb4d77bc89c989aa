// CMS and S/MIME signatures, with what they sign in them or apart: whatever the input, it is read to the end
// or refused, and what was read is one of the readings that the program takes back from the process that
// reads.
#include "core/documents/reader/readers.hpp"
#include "tests/fuzz/support/reading.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant;
  const std::string_view input = fuzz::text_of(bytes, size);
  fuzz::examine_reader(
      [](std::string_view der, const Basis& basis) { return read_cms(der, "signed\n", basis); }, input);
  return fuzz::examine_reader(
      [](std::string_view der, const Basis& basis) { return read_cms(der, std::nullopt, basis); }, input);
}
