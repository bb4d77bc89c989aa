#pragma once

#include "core/store/public_changes.hpp"

namespace covenant {

/// Visits the practices and tools that listed partners added after they had joined, newest first.
void for_each_addition_of_practices(Read& read, const PublicQuery& query, const VisitChange& visit);

}  // namespace covenant
