#include "core/formats/personal_places.hpp"

#include <fmt/format.h>

#include <string>

#include "core/formats/text_table.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

std::vector<std::string> cells_of(const PersonalPlace& place) {
  return {place.partner.str(), std::string(code_of(place.place)), std::to_string(place.event),
          place.is_current ? "yes" : "no", line_for_terminal(place.value)};
}

}  // namespace

void write_places(TextSink& sink, const std::vector<PersonalPlace>& places, const TableLook& look) {
  if (look.width > 0) {
    TextTable table({{"id"}, {"place"}, {"event", TextColumn::Side::right}, {"current"}, {"value"}}, {}, sink,
                    look);
    for (const PersonalPlace& place : places) table.row(cells_of(place));
    if (!places.empty()) table.finish();
    return;
  }
  for (const PersonalPlace& place : places) sink.write(fmt::format("{}\n", fmt::join(cells_of(place), "\t")));
}

std::string places_as_json(const std::vector<PersonalPlace>& places) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const PersonalPlace& place : places) {
    json.begin_object().member("id", place.partner.str()).member("place", code_of(place.place));
    json.member("event", place.event).key("current").raw(place.is_current ? "true" : "false");
    json.member("value", place.value).end_object();
  }
  json.end_array();
  return out + "\n";
}

}  // namespace covenant
