#pragma once

#include <cstdint>
#include <vector>

#include "core/model/former_name.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Whether the tables have the name that the event took away from the partner.
bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Name& name);

/// The names that the partner had, the latest first.
std::vector<FormerName> find_former_names(Read& read, PartnerId partner);

/// Only the history writes former names.
void insert_former_name(Write& write, std::int64_t seq, PartnerId partner, const Name& name);
void delete_former_names(Write& write, PartnerId partner);

/// Finds, in the events, the names that partners had before.
void fill_former_names(Connection& connection);

}  // namespace covenant
