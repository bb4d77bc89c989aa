#include "tests/fuzz/support/reading.hpp"

#include <chrono>
#include <string>

#include "core/documents/reader/unreadable.hpp"

namespace covenant::fuzz {

int examine_reader(DocumentReader read, std::string_view document) {
  using namespace std::chrono;
  static const Trust nobody("");
  const Basis basis{nobody, Date::of(sys_days{year{2026} / 3 / 1})};
  try {
    Reading reading = read(document, basis);
    reading.sha256 = std::string(64, '0');
    conclude(reading);
    demand(reading.verdict != SignatureVerdict::valid, "valid, and nobody is trusted");
    const auto again = parse_reading(to_json(reading));
    demand(again && *again == reading, "not the same when it is read again");
  } catch (const Unreadable& error) {
    demand(clean_text(error.what()) == error.what(), "not fit to be shown");
  }
  return 0;
}

}  // namespace covenant::fuzz
