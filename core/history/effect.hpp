#pragma once

#include <string>

#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

/// The partner that an event is about, afterwards. The contact comes from the sealed values of
/// `source`; one that was erased since is absent. `before` is null for a partner of whom nothing is known
/// yet.
/// @throws Error{damaged} when the event does not follow from `before`, or breaks a rule of the fields. What
/// an undo leads to is asked for by `demand_undo`
Partner partner_after(Read& source, const EventRecord& event, const Partner* before);

/// The change that an event records, between the two; it refers to all three.
Change change_of(const EventRecord& event, const Partner* before, const Partner& after);

/// The policy that an event is about, afterwards; `before` is null when none was about it yet. Whoever
/// recorded a proposal is found in `source`.
/// @throws Error{damaged} when the event does not follow from `before`, or weakens a policy for one actor
StandingPolicy policy_after(Read& source, const EventRecord& event, const StandingPolicy* before);

/// @throws Error{damaged}, saying that the event `what`
[[noreturn]] void contradiction(const EventRecord& event, const std::string& what);

}  // namespace covenant
