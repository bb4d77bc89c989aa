#include "core/store/event_record.hpp"

#include <nlohmann/json.hpp>

#include "core/base/error.hpp"
#include "core/store/event_body.hpp"
#include "core/store/event_members.hpp"
#include "core/store/event_reader.hpp"
#include "core/store/stored.hpp"

namespace covenant {

namespace {

using nlohmann::json;

std::string joined(const json& items, char separator) {
  std::string text;
  for (const json& item : items) {
    if (!text.empty()) text += separator;
    text += item.get_ref<const std::string&>();
  }
  return text;
}

std::string value_text(Column column, const json& value) {
  switch (shape_of(column)) {
    case ColumnShape::text:
      return value.get<std::string>();
    case ColumnShape::number:
      if (!value.is_number_integer()) break;
      return std::to_string(value.get<std::int64_t>());
    case ColumnShape::categories:
      return joined(value, ';');
    case ColumnShape::practices:
      return joined(value, '\n');
  }
  throw Error(ErrorKind::damaged, "the registry is damaged: an event has a number that is not whole");
}

EventRecord::Values values_of(const json& event, const char* side) {
  EventRecord::Values values;
  if (!event.contains(side)) return values;
  for (const auto& [name, value] : event[side].items()) {
    const Column column = stored(parse_code<Column>(name));
    if (!is_recorded(column))
      throw Error(ErrorKind::damaged, "the registry is damaged: an event tells the " + name);
    values.emplace_back(column, value_text(column, value));
  }
  return values;
}

Verification verification_of(const json& event) {
  Verification verification;
  for (const auto& [name, finding] : event["findings"].items()) {
    const auto criterion = stored(parse_code<Criterion>(name));
    verification.findings[static_cast<std::size_t>(criterion)] = {
        stored(parse_code<Verdict>(finding.at("result").get<std::string>())), finding.at("by") == "person"};
  }
  const json sources = event.value("sources", json::array());
  for (const json& source : sources) {
    verification.sources.push_back(stored(Note::parse(source.get<std::string>())));
  }
  return verification;
}

template <class T>
std::optional<T> optional_member(const json& object, const char* name) {
  if (!object.contains(name)) return std::nullopt;
  return stored(T::parse(object[name].get<std::string>()));
}

Commitment commitment_of(const json& object) {
  Commitment commitment{.received_on = stored(Date::parse(object.at("received_on").get<std::string>())),
                        .signed_on = optional_member<Date>(object, "signed_on"),
                        .signed_by = std::nullopt,
                        .document = std::nullopt,
                        .exception = optional_member<Note>(object, "exception")};
  if (object.contains("document")) {
    const json& document = object["document"];
    commitment.document = Document{stored(FileName::parse(document.at("name").get<std::string>())),
                                   document.at("type"), document.at("size"), document.at("sha256")};
  }
  return commitment;
}

EventRecord record_of(const json& event) {
  EventRecord record{.seq = event.at("seq"),
                     .prev = event.at("prev"),
                     .at = stored(Instant::parse(event.at("at").get<std::string>())),
                     .action = event.at("action"),
                     .origin = event.value("origin", ""),
                     .partner = std::nullopt,
                     .set = values_of(event, "new"),
                     .stood = values_of(event, "old"),
                     .verification = std::nullopt,
                     .commitment = std::nullopt,
                     .sealed = {},
                     .erased = {}};
  if (event.contains("partner")) record.partner = PartnerId(event["partner"].get<std::int64_t>());
  if (event.contains("findings")) record.verification = verification_of(event);
  if (event.contains("commitment")) record.commitment = commitment_of(event["commitment"]);
  const json sealed = event.value("sealed", json::object());
  for (const auto& [field, digest] : sealed.items()) {
    record.sealed.emplace_back(field, digest.get<std::string>());
  }
  const json erased = event.value("erased", json::array());
  for (const json& name : erased) {
    record.erased.push_back({name.at(0).get<std::int64_t>(), name.at(1).get<std::string>()});
  }
  return record;
}

}  // namespace

EventRecord parse_event(std::string_view body, Form form) {
  if (auto usual = read_usual_event(body)) return *std::move(usual);
  try {
    const json event = json::parse(body);
    demand_members(event);
    if (form == Form::canonical && event.dump() != body)
      throw Error(ErrorKind::damaged, "the registry is damaged: an event's body is not canonical");
    return record_of(event);
  } catch (const json::exception& error) {
    throw Error(ErrorKind::damaged,
                std::string("the registry is damaged: an event is not as it was written: ") + error.what());
  }
}

}  // namespace covenant
