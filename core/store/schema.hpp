#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/store/database.hpp"

namespace covenant {

/// Demands that the schema of an open database is the one that `sql` makes, word for word: every table,
/// index, trigger and view, and nothing else but the tables in which SQLite's ANALYZE keeps its statistics.
/// Comments and layout may differ. Views and triggers of the file are not run for it.
/// @throws Error{damaged} that names the file and the first difference
void demand_schema(Connection& connection, const std::string& path, std::string_view sql);

/// Makes the schema of an open database the one that `sql` makes, within the transaction that is open. A
/// table that differs is rebuilt and keeps its rows, by the columns of the same names. `fill` runs when the
/// tables of `sql` are there and those that are no longer in it still are.
void remake_schema(Connection& connection, std::string_view sql, const std::function<void()>& fill);

}  // namespace covenant
