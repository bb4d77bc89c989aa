#include "core/history/summary.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/error.hpp"

namespace covenant {

namespace {

using nlohmann::json;

std::string value_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const json& item : value) text.append(text.empty() ? "" : "; ").append(value_text(item));
  return text;
}

/// Long texts are told by their beginning.
std::string shortened(std::string text) {
  constexpr std::size_t longest = 40;
  std::size_t end = std::min(text.find('\n'), longest);
  if (end >= text.size()) return text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

void append_changes(std::string& what, const json& before, const json& after) {
  const auto append = [&](const std::string& text) { what.append(what.empty() ? "" : "; ").append(text); };
  for (const auto& [name, value] : after.items()) {
    const std::string now = shortened(value_text(value));
    append(before.contains(name) ? fmt::format("{}: {} → {}", name, shortened(value_text(before[name])), now)
                                 : fmt::format("{}: {}", name, now));
  }
  for (const auto& [name, value] : before.items()) {
    if (!after.contains(name)) append(fmt::format("{}: {} → nothing", name, shortened(value_text(value))));
  }
}

}  // namespace

EventSummary summarise_event(std::string_view body) {
  try {
    const json event = json::parse(body);
    EventSummary summary{event.at("seq"),    event.at("at"), event.at("actor"),
                         event.at("action"), std::nullopt,   ""};
    if (event.contains("partner")) summary.partner = PartnerId(event["partner"].get<std::int64_t>());
    if (event.contains("origin")) summary.what = event["origin"].get<std::string>();
    append_changes(summary.what, event.value("old", json::object()), event.value("new", json::object()));
    const json sealed = event.value("sealed", json::object());
    for (const auto& [field, digest] : sealed.items()) {
      summary.what.append(summary.what.empty() ? "" : "; ").append(field).append(" sealed");
    }
    if (event.contains("erased")) summary.what.append("; sealed values erased");
    return summary;
  } catch (const json::exception& error) {
    throw Error(ErrorKind::damaged,
                std::string("the registry is damaged: an event is not as it was written: ") + error.what());
  }
}

}  // namespace covenant
