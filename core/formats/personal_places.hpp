#pragma once

#include <string>
#include <vector>

#include "core/base/sink.hpp"
#include "core/formats/list.hpp"
#include "core/model/personal_place.hpp"

namespace covenant {

/// Writes the places: id, place, event, whether it is current, and the value; on a terminal as a table, else
/// a line each, separated by tabs, where line ends in a value are blanks.
void write_places(TextSink& sink, const std::vector<PersonalPlace>& places, const TableLook& look);

/// The same as one JSON array and a line feed: `id`, `place`, `event`, `current`, `value`.
std::string places_as_json(const std::vector<PersonalPlace>& places);

}  // namespace covenant
