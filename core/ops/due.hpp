#pragma once

#include <chrono>
#include <vector>

#include "core/model/date.hpp"
#include "core/store/database.hpp"
#include "core/store/due_list.hpp"

namespace covenant {

/// Everything that needs attention by the end of `until`, the longest waiting first.
/// Source: covenant-due(1).
std::vector<DueItem> find_due(Read& read, Date until, const DueTerms& terms);

}  // namespace covenant
