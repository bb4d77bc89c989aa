#pragma once

#include <cstddef>
#include <span>

#include "core/history/event_record.hpp"
#include "core/model/date.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// Whether the event is about a partner and leaves it as it was: a note, or a letter.
bool changes_nothing(const EventRecord& event);

/// The last event about a partner that changed it after the first of those that are to be taken back; null
/// when there is none. `events` are all events about it. Notes change nothing, and neither does what was
/// taken back.
const EventRecord* find_later_change(std::span<const EventRecord> events, const Undoing& undoing);

/// What becomes of a partner when those events are taken back: what it was before the first of them; and
/// where that one filed it, an application that was entered in error and ended on `day`. `states` are the
/// partner after each of its events.
Partner partner_without(std::span<const EventRecord> events, std::span<const Partner> states,
                        const Undoing& undoing, Date day);

/// @throws Error{damaged} when `events[place]` does not take back what can be, or does not lead to the last
/// of `states` as it is without
void demand_undo(std::span<const EventRecord> events, std::size_t place, std::span<const Partner> states);

}  // namespace covenant
