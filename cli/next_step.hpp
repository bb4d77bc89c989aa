#pragma once

#include <string>
#include <vector>

#include "core/formats/card.hpp"
#include "core/model/date.hpp"
#include "core/store/due_list.hpp"

namespace covenant {

/// What a partner lacks for its next step, with the commands that supply it; nothing once it is over.
std::vector<Missing> missing_of(const PartnerSheet& sheet);

/// The next step of a partner: a command, or when the next renewal is due.
std::string next_step(const Partner& partner, const DueTerms& terms, Date today);

}  // namespace covenant
