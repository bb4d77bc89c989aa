#pragma once

#include <vector>

#include "core/model/date.hpp"
#include "core/model/link.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Replaces what the last check of the links found. A link that was broken before and still is keeps the day
/// on which that was first found. This is no part of the history: it is about other people's servers.
void replace_links(Write& write, const std::vector<CheckedLink>& links, Date today);

/// @throws Error{damaged} at a row that no check of the links has written
void demand_sound_links(Read& read);

/// Forgets the links of a partner's practices, which may name a person.
void forget_practice_links(Write& write, PartnerId partner);

}  // namespace covenant
