#pragma once

#include <string>

#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The partner that an event is about, afterwards. The contact comes from the sealed values of
/// `source`; one that was erased since is absent. `before` is null for a partner of whom nothing is known
/// yet.
/// @throws Error{damaged} when the event does not follow from `before`, or breaks a rule of the fields
Partner partner_after(Read& source, const EventRecord& event, const Partner* before);

/// The change that an event records, between the two; it refers to all three.
Change change_of(const EventRecord& event, const Partner* before, const Partner& after);

/// @throws Error{damaged}, saying that the event `what`
[[noreturn]] void contradiction(const EventRecord& event, const std::string& what);

}  // namespace covenant
