#include "core/store/event_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/model/criteria.hpp"
#include "core/model/deed.hpp"
#include "core/model/text.hpp"
#include "core/store/change.hpp"

namespace covenant {

namespace {

using nlohmann::json;
using Names = std::initializer_list<std::string_view>;

[[noreturn]] void refuse_event(const std::string& what) {
  throw Error(ErrorKind::damaged, "the registry is damaged: an event is not as it was written: " + what);
}

/// The message is put together only when it is needed.
template <class... Parts>
void demand(bool holds, fmt::format_string<const Parts&...> what, const Parts&... parts) {
  if (!holds) refuse_event(fmt::format(what, parts...));
}

/// `object` has all of `required`, and besides at most those of `possible`.
void demand_names(const json& object, std::string_view what, Names required, Names possible) {
  demand(object.is_object(), "its {} is no object", what);
  for (const std::string_view name : required) {
    demand(object.contains(name), "its {} has no '{}'", what, name);
  }
  const auto is_among = [](Names names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const auto& [name, value] : object.items()) {
    demand(is_among(required, name) || is_among(possible, name), "its {} has a member '{}'", what, name);
  }
}

bool is_hex(const json& value, std::size_t digits) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool is_actor(const json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  const auto actor = PersonText::parse(text);
  return actor && actor->str() == text;
}

bool is_integer(const json& value, std::int64_t least) {
  return value.is_number_integer() && value.get<std::int64_t>() >= least;
}

/// What every event has.
void demand_deed(const json& event) {
  demand(is_integer(event["v"], 1) && event["v"] == 1, "its v is not 1");
  demand(is_integer(event["seq"], 1), "its seq is no number from 1");
  demand(is_integer(event["uid"], 0), "its uid is no user id");
  demand(is_hex(event["prev"], 64), "its prev is not 64 hexadecimal digits");
  demand(is_hex(event["run"], 16), "its run is not 16 hexadecimal digits");
  demand(is_actor(event["actor"]), "its actor is no name");
  demand(
      event["actor_source"].is_string() && from_code<ActorSource>(event["actor_source"].get<std::string>()),
      "its actor_source is not known");
}

void demand_commitment(const json& commitment) {
  demand_names(commitment, "commitment", {"received_on"}, {"document", "exception", "signed_on"});
  demand(commitment.contains("document") != commitment.contains("exception"),
         "its commitment has neither or both of document and exception");
  if (!commitment.contains("document")) return;
  const json& document = commitment["document"];
  demand_names(document, "document", {"name", "sha256", "size", "type"}, {});
  demand(is_hex(document["sha256"], 64), "its document's sha256 is not 64 hexadecimal digits");
  demand(is_integer(document["size"], 1), "its document's size is no number from 1");
}

void demand_details(const json& event) {
  if (event.contains("findings")) {
    demand_names(event["findings"], "findings", {"category", "contact", "membership", "scope", "website"},
                 {});
    for (const json& finding : event["findings"]) {
      demand_names(finding, "finding", {"by", "result"}, {});
      demand(finding["by"] == "person" || finding["by"] == "rule", "a finding is by nobody");
    }
  }
  if (event.contains("commitment")) demand_commitment(event["commitment"]);
  if (event.contains("erased")) {
    for (const json& name : event["erased"]) {
      demand(name.is_array() && name.size() == 2 && is_integer(name[0], 1) && name[1].is_string(),
             "what it erased is not named by event and field");
    }
  }
  if (event.contains("sealed")) {
    demand_names(event["sealed"], "sealed", {}, {"contact", "signed_by"});
    for (const json& digest : event["sealed"]) {
      demand(is_hex(digest, 64), "what it sealed is not 64 hexadecimal digits");
    }
  }
}

void demand_change(const json& event, Action action) {
  static constexpr std::array<std::string_view, 10> common = {
      "action", "actor", "actor_source", "at", "partner", "prev", "run", "seq", "uid", "v"};
  demand(is_integer(event.value("partner", json()), 1), "it names no partner");
  for (const char* side : {"new", "old", "findings", "sources", "commitment", "erased", "sealed"}) {
    demand(!event.contains(side) || !event[side].empty(), "its {} is empty", side);
  }
  std::string_view own;
  switch (action) {
    case Action::verify:
      own = "findings";
      break;
    case Action::approve:
      own = "commitment";
      break;
    case Action::erase:
      own = "erased";
      break;
    default:
      break;
  }
  demand(own.empty() || event.contains(own), "it has no '{}'", own);
  for (const auto& [name, value] : event.items()) {
    const bool is_common = std::find(common.begin(), common.end(), name) != common.end();
    const bool is_possible = name == own || name == "new" || name == "old" || name == "sealed" ||
                             (action == Action::verify && name == "sources");
    demand(is_common || is_possible, "it has a member '{}'", name);
  }
}

}  // namespace

void demand_members(const json& event) {
  demand(event.is_object(), "it is no object");
  for (const char* name : {"action", "actor", "actor_source", "at", "prev", "run", "seq", "uid", "v"}) {
    demand(event.contains(name), "it has no '{}'", name);
  }
  demand_deed(event);
  demand(event["action"].is_string(), "its action is no word");
  const auto& action = event["action"].get_ref<const std::string&>();
  if (action == "init") {
    demand_names(event, "body",
                 {"action", "actor", "actor_source", "at", "origin", "prev", "run", "seq", "uid", "v"}, {});
    demand(event["origin"].is_string() && !event["origin"].empty(), "its origin is no name");
    return;
  }
  const auto known = from_code<Action>(action);
  demand(known.has_value(), "its action '{}' is not known", action);
  demand_change(event, *known);
  demand_details(event);
}

}  // namespace covenant
