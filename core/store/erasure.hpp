#pragma once

#include <vector>

#include "core/model/partner_id.hpp"
#include "core/store/sealed_name.hpp"
#include "core/store/transaction.hpp"

namespace covenant {

/// The sealed values that stand in events about the partner, in the order of the events.
std::vector<SealedName> find_sealed(Read& read, PartnerId partner);

/// Only the history removes sealed values.
void delete_sealed(Write& write, const SealedName& name);

}  // namespace covenant
