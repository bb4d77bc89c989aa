#pragma once

#include <functional>

#include "core/model/public_list.hpp"
#include "core/store/database.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

/// Takes a change; false when it wants no more.
using TakeChange = std::function<bool(const PublicChange&)>;

/// Gives the joinings and endings of all partners that pass the filters, newest first, on the same day the
/// last recorded first. Reads no more than is taken.
void for_each_joining_and_ending(Read& read, const PublicQuery& query, const TakeChange& take);

/// Gives the practices and tools that listed partners added after they had joined, newest first.
void for_each_addition_of_practices(Read& read, const PublicQuery& query, const TakeChange& take);

}  // namespace covenant
