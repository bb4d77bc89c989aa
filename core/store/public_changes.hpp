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

/// Where the practices are that came.
enum class PracticesIn {
  event,    ///< the text is the body of the event that brought them
  text,     ///< the text has them, as it is stored
  history,  ///< in the events before that of the change
};

/// Visits a change without its practices, and a text, which is valid until the next one; false when it wants
/// no more.
using VisitArrival = std::function<bool(const PublicChange&, PracticesIn where, std::string_view text)>;

/// Whether practices that came with a joining are visited.
enum class WithJoinings { no, yes };

/// Visits the joinings with practices and tools of listed partners, if so, and the amendments of them that
/// they made after it, the last recorded first. The ordinal is the number of the event.
void for_each_arrival_of_practices(Read& read, const PublicQuery& query, WithJoinings joinings,
                                   const VisitArrival& visit);

}  // namespace covenant
