#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/model/ended.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The day of the partner's last ending, those that were entered in error aside; nothing when there is none.
std::optional<Date> find_last_ending(Read& read, PartnerId partner);

/// The status that the partner's last ending ended, of whatever reason; nothing when there is none.
std::optional<Status> find_ended_status(Read& read, PartnerId partner);

/// Whether there is a row that says exactly that of the ending in event `seq`.
bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const PastEnding& ending);

/// Adds a row to the endings of an earlier day (`PastTables`).
void insert_past_ending(Read& read, std::int64_t seq, PartnerId partner, const PastEnding& ending);

/// Only the history writes endings.
void insert_ending(Write& write, std::int64_t seq, PartnerId partner, const PastEnding& ending);
void delete_endings(Write& write, PartnerId partner);

}  // namespace covenant
