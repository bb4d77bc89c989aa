#pragma once

#include <vector>

#include "core/history/personal_values.hpp"
#include "core/model/personal_place.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The values of a partner in which the person is named, in the order of the events. Where it is a partner's
/// contact, the rest of that contact names the person as well, at this partner: a name of two words or more,
/// and an address that no contact of another name has.
/// Source: covenant-erase(1).
std::vector<PersonalValue> find_person(Read& read, PartnerId partner, const SoughtPerson& person);

/// The partners at which the person is named, by their ids.
std::vector<PartnerId> find_partners_naming(Read& read, const SoughtPerson& person);

}  // namespace covenant
