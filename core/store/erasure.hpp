#pragma once

#include <vector>

#include "core/model/partner_id.hpp"
#include "core/store/database.hpp"
#include "core/store/sealed_name.hpp"

namespace covenant {

/// The sealed values that stand in events about the partner, in the order of the events.
std::vector<SealedName> find_sealed(Read& read, PartnerId partner);

/// Removes sealed values, and every copy of them in the pages of their table, which is written anew. Only the
/// history does it.
void delete_sealed(Write& write, const std::vector<SealedName>& names);

}  // namespace covenant
