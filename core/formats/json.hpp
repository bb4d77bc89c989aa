#pragma once

#include "core/model/partner.hpp"
#include "core/text/json.hpp"

namespace covenant {

/// Writes the member that a column is: its name, and a string, a number, an array, or null where it is
/// absent; `text` is as CSV has it.
void write_column(JsonWriter& json, Column column, std::string_view text);
void write_column(JsonWriter& json, const Partner& partner, Column column);

}  // namespace covenant
