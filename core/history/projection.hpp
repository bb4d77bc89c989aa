#pragma once

#include <cstdint>

#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

/// Whether an event sealed the partner's contact.
enum class SealsContact { no, yes };
/// It does when there is one that is not the one before.
SealsContact seals_contact(const Change& change);

/// Whether the event names something public; what it says of it may have been erased since.
bool names_public_column(const EventRecord& event);

/// What the event `seq` sets in the partner's row beside the partner's own fields.
PartnerProjection projection_of(std::int64_t seq, const Change& change, SealsContact seals);

/// The name that the change takes away from a partner; null when it keeps its name.
const Name* former_name(const Change& change);

/// Makes the tables say what the event `seq` says. What a correction, an undo or an erasure leaves follows
/// from all events about the partner up to that one, which are read from `source`. Only the history calls it:
/// when it records an event, and when it replays one.
void project(Write& write, Read& source, std::int64_t seq, const Change& change, SealsContact seals);

/// The policy after the event `seq`, which changed it.
StandingPolicy policy_after(std::int64_t seq, const PolicyChange& change);

}  // namespace covenant
