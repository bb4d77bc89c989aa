#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/model/deed.hpp"
#include "core/model/letter.hpp"
#include "core/model/partner.hpp"
#include "core/model/partner_note.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"

namespace covenant {

/// Appends the first event. The origin is "covenant-registry/" and 32 random hexadecimal digits.
void record_init(Write& write, const Deed& deed);

/// Whoever sets the clock back would have days refused, and whoever ran with it set forward has left times
/// that are yet to come. A difference that was confirmed once is not asked about again.
/// @throws Error{clock} when the clock is more than a day before what it showed at the last event, and nobody
/// confirms it
void demand_clock(Write& write, const Deed& deed);

/// Appends the event of a change and makes the tables say the same: the only way in which either is written.
/// An event is not dated before the one it follows, whatever the clock says; where the clock is more than a
/// day before that time, the event has the clock's as well. Returns the event's number.
/// @throws Error{clock} as `demand_clock` does
std::int64_t record(Write& write, const Change& change, const Deed& deed);

/// The same of a change of a policy.
std::int64_t record(Write& write, const PolicyChange& change, const Deed& deed);

/// Who recorded that event. @throws Error{damaged} when there is none
Person recorder_of(Read& read, std::int64_t seq);

/// The events about the partner that count from its last verification on, which comes first; none when its
/// present application was not verified.
std::vector<EventRecord> events_since_verification(Read& read, PartnerId partner);

/// The notes about the partner, the first one first.
std::vector<PartnerNote> find_notes(Read& read, PartnerId partner);

/// The letters to the partner, the first that was recorded first.
std::vector<Letter> find_letters(Read& read, PartnerId partner);

/// The number of the partner's present application, from 1: how often it applied.
std::int64_t application_number(Read& read, PartnerId partner);

/// The Message-ID of the last statement that the program wrote about the present application, if it did.
std::optional<MessageId> find_statement_id(Read& read, PartnerId partner);

/// An event, copied.
struct KeptEvent {
  std::int64_t seq;
  std::string body;
};

/// The event of the partner's last approval, if there is one.
std::optional<KeptEvent> find_last_approval(Read& read, PartnerId partner);

}  // namespace covenant
