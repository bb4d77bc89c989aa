// Signed PDF documents: whatever the input, it is read to the end or refused, and what was read is one of the
// readings that the program takes back from the process that reads.
#include "core/documents/reader/readers.hpp"
#include "tests/fuzz/support/reading.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant::fuzz;
  return examine_reader(covenant::read_pdf, text_of(bytes, size));
}
