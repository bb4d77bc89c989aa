#pragma once

#include <optional>
#include <string>

#include "core/store/database.hpp"

namespace covenant {

/// Whether every index of the schema has exactly the entries that its table asks for, in order, and those of
/// a unique index differ; else the name of the first that has not. Tables and indexes are read from end to
/// end, which for many rows takes a fraction of looking each row up in each index, as SQLite's integrity
/// check does. What belongs to a constraint of a table is left to that check.
std::optional<std::string> find_bad_index(Read& read);

}  // namespace covenant
