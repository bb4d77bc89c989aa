// Bodies of events: what is taken is canonical JSON byte for byte, by another's judgement.
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/error.hpp"
#include "core/history/event_record.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

/// The canonical form of a JSON text whose numbers are whole and whose names are ASCII (RFC 8785); empty when
/// it is none.
std::string canonical(std::string_view text) {
  const auto value = nlohmann::json::parse(text, nullptr, false);
  if (value.is_discarded()) return "";
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore);
}

void examine(std::string_view body) {
  try {
    parse_event(body);
  } catch (const Error& error) {
    demand(error.kind() == ErrorKind::damaged, std::string("refused in another way: ") + error.what());
    return;
  }
  demand(canonical(body) == body, "taken and not canonical");
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  covenant::fuzz::examine(covenant::fuzz::text_of(bytes, size));
  return 0;
}
