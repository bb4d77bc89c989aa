#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/check/sealed_walk.hpp"
#include "core/check/tables.hpp"
#include "core/history/event_record.hpp"

namespace covenant {

namespace {

using Sealed = std::vector<std::pair<std::string, std::string>>;

/// The sealed values of an event by field, also when the rest of it cannot be read.
Sealed sealed_in(std::string_view body) {
  constexpr std::string_view member = "\"sealed\":";
  const std::size_t at = body.find(member);
  if (at == std::string_view::npos) return {};
  body.remove_prefix(at + member.size());
  const auto object = nlohmann::json::parse(body.substr(0, body.find('}') + 1), nullptr, false);
  if (!object.is_object())
    throw Error(ErrorKind::damaged, "the registry is damaged: an event seals no object");
  Sealed sealed;
  for (const auto& [field, digest] : object.items()) {
    sealed.emplace_back(field, digest.is_string() ? digest.get<std::string>() : std::string());
  }
  return sealed;
}

std::vector<SealedName> erased_in(std::string_view body) {
  // Within a string the quotes of the name would have a backslash before them.
  if (body.find("\"erased\":") == std::string_view::npos) return {};
  return parse_event(body).erased;
}

}  // namespace

void check_sealed(Read& read, const Fault& fault) {
  SealedWalk walk(read, fault);
  Query events = read.query("SELECT seq, body FROM event ORDER BY seq");
  while (events.step()) walk.visit(events.integer(0), sealed_in(events.text(1)), erased_in(events.text(1)));
  walk.finish();
}

}  // namespace covenant
