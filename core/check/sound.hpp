#pragma once

#include <functional>

#include "core/history/standing.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Whether `check_history`, `check_sealed` and `check_tables` would all find nothing, and each row that one
/// of their tables names exists; in one pass over the events and without a copy of the tables. `visit` is
/// called with each partner as the events leave it.
/// @throws Error{damaged} for some of what makes the answer no
bool is_sound(Read& read, std::function<void(const Standing&)> visit);

}  // namespace covenant
