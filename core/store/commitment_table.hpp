#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/commitment.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What each of a partner's joinings rests on, and the commitments of its renewals, the first one first;
/// those that are annulled too.
std::vector<Commitment> find_commitments(Read& read, PartnerId partner);

/// The last one that counts; null when none does.
const Commitment* in_force(const std::vector<Commitment>& commitments);

/// Whether there is a row that says exactly that of the joining in event `seq`.
bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment);

/// Which joinings count.
enum class Joinings { all, before_the_last };

/// The day of the partner's first joining, of those that are not annulled; nothing when there is none.
std::optional<Date> find_first_joining(Read& read, PartnerId partner, Joinings joinings);

/// Takes back the partner's last joining, with its renewals. Only the history does it.
void annul_joining(Write& write, PartnerId partner, std::int64_t ending);

/// Adds a row to the commitments of an earlier day (`PastTables`).
void insert_past_commitment(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment);

/// Only the history writes commitments.
void insert_commitment(Write& write, std::int64_t seq, PartnerId partner, const Commitment& commitment);
void delete_commitments(Write& write, PartnerId partner);

}  // namespace covenant
