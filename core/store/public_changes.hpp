#pragma once

#include <functional>
#include <string_view>

#include "core/model/public_list.hpp"
#include "core/store/database.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

/// Visits a change; false when it wants no more.
using VisitChange = std::function<bool(const PublicChange&)>;

/// Visits the joinings and endings of all partners that pass the filters, newest first, on the same day the
/// last recorded first. Reads no more than is wanted.
void for_each_joining_and_ending(Read& read, const PublicQuery& query, const VisitChange& visit);

/// Visits a change without its practices, and the body of its event, which is valid until the next one; false
/// when it wants no more.
using VisitAmendment = std::function<bool(const PublicChange&, std::string_view body)>;

/// Visits the amendments of practices and tools that listed partners made after they had joined, newest
/// first.
void for_each_amendment_of_practices(Read& read, const PublicQuery& query, const VisitAmendment& visit);

}  // namespace covenant
