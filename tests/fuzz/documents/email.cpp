// E-mails with attachments and signatures on their parts: whatever the input, it is read to the end or
// refused, and what was read is one of the readings that the program takes back from the process that reads.
#include "core/documents/reader/email.hpp"

#include "tests/fuzz/support/reading.hpp"

namespace covenant::fuzz {

namespace {

Reading read(std::string_view bytes, const Basis& basis) {
  std::vector<std::string> references;
  return read_email(bytes, basis.trust,
                    {.name = "",
                     .received_on = std::nullopt,
                     .today = basis.received_on,
                     .timezone = std::nullopt,
                     .attachment = std::nullopt,
                     .trust = "",
                     .signed_file = std::nullopt},
                    references);
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant;
  static const bool is_started = (start_email(), true);
  fuzz::demand(is_started, "GMime does not start");
  return fuzz::examine_reader(fuzz::read, fuzz::text_of(bytes, size));
}
