#pragma once

#include "core/store/public_changes.hpp"

namespace covenant {

/// Visits the practices and tools that listed partners brought when they joined, if so, and those that they
/// added after it, newest first.
void for_each_addition_of_practices(Read& read, const PublicQuery& query, WithJoinings joinings,
                                    const VisitChange& visit);

}  // namespace covenant
