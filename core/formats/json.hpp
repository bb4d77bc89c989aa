#pragma once

#include "core/model/partner.hpp"
#include "core/model/practice.hpp"
#include "core/text/json.hpp"

namespace covenant {

/// Writes the member that a column is: its name, and a string, a number, an array, or null where it is
/// absent; `text` is as CSV has it.
void write_column(JsonWriter& json, Column column, std::string_view text);
void write_column(JsonWriter& json, const Partner& partner, Column column);

/// Writes practices as an array of {"title", "url"}; a url that is absent is null.
void write_practices(JsonWriter& json, const Practices& practices);

/// Writes categories as an array of codes.
void write_categories(JsonWriter& json, const Categories& categories);

}  // namespace covenant
