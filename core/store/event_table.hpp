#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/merkle.hpp"
#include "core/model/date.hpp"
#include "core/model/instant.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Whether a text is like a registry's own name: "covenant-registry/" and 32 hexadecimal digits in small
/// letters. A checkpoint begins with it, and signs what it says.
bool is_origin(std::string_view text);

/// The registry's own name, from its first event. @throws Error{damaged} when there is none
std::string origin_of(Read& read);

/// How many events there are.
std::uint64_t log_size(Read& read);

/// SQL for the day on which an event was recorded, by the clock, which may be earlier than the event's time.
std::string day_of_event(std::string_view event);

/// @throws Error{damaged} when there is no event
Date day_of_last_event(Read& read);

/// The number of the last event that was recorded by the end of a day (UTC); 0 when there is none.
/// @throws Error{damaged} when an event is missing
std::int64_t last_event_by(Read& read, Date day);

/// The root of the Merkle tree over the events from `begin` up to `end`, counted from 0; every leaf is
/// computed from its body, whatever the table says. @throws Error{damaged} when an event is missing
Digest log_root(Read& read, std::uint64_t begin, std::uint64_t end);

/// An event as it is stored. Its bytes are valid until the next one is read.
struct StoredEvent {
  std::int64_t seq;
  std::string_view body;  ///< canonical JSON
  std::string_view leaf;
};

/// In which order events are visited.
enum class EventOrder { oldest_first, newest_first };
/// Whether events that were taken back count.
enum class Undone { included, left_out };

/// Which events.
struct EventQuery {
  std::optional<PartnerId> partner;
  std::optional<Date> since;           ///< from the start of that day, UTC
  std::optional<std::int64_t> before;  ///< the number of one that they come before
  Undone undone = Undone::included;    ///< of one partner's
  EventOrder order = EventOrder::oldest_first;
};

/// Goes through stored events in the order that is asked for.
class EventCursor {
 public:
  EventCursor(Read& read, const EventQuery& query);

  /// Goes to the next event; false when there is none.
  /// @throws Error{damaged} when it does not come after the one before, as where pages lead back to each
  /// other
  bool next();
  /// @throws Error{damaged} when its number is not one
  StoredEvent event() const;

 private:
  Query rows_;
  EventOrder order_;
  std::optional<std::int64_t> last_;
};

/// The body of that event. @throws Error{damaged} when there is none
std::string event_body(Read& read, std::int64_t seq);

/// Where the history ends: what the next event follows.
struct HistoryEnd {
  std::int64_t seq;  ///< of the last event; 0 before the first
  Digest leaf;       ///< of the last event; SHA-256 of nothing before the first
  Instant at;        ///< its time; the epoch before the first
  Instant clock;     ///< what the clock showed when it was recorded, which may be earlier than its time
};

/// The end of the history; of an empty one what `HistoryEnd` says.
HistoryEnd end_of_history(Read& read);

/// The last event of that action about a partner.
struct LastOfAction {
  std::int64_t seq;
  std::string body;
};

/// Nothing when there is no such event that counts.
std::optional<LastOfAction> find_last_of_action(Read& read, PartnerId partner, std::string_view action);

/// The number of the last event about the partner, or about any, that the tables know of; 0 for none.
std::int64_t last_known_event(Read& read, PartnerId partner);
std::int64_t last_known_event(Read& read);
/// The events about the partner that the tables know of, up to the one of that number.
std::vector<std::int64_t> find_events_of(Read& read, PartnerId partner, std::int64_t last);
/// The event that took that one about the partner back, if one did.
std::optional<std::int64_t> find_undoing(Read& read, PartnerId partner, std::int64_t seq);

/// The events of a run, in their order; none when there is no such run.
std::vector<std::int64_t> find_events_of_run(Read& read, const std::string& run);
/// The last event that an actor recorded, if there is one.
std::optional<std::int64_t> find_last_event_by(Read& read, const std::string& actor);

/// Only the history writes events.
void insert_event(Write& write, std::int64_t seq, const std::string& body, std::string_view leaf);
void insert_partner_event(Write& write, PartnerId partner, std::int64_t seq);
/// Notes which events about the partner were taken back, each with the one that did, and no others.
void set_undone_events(Write& write, PartnerId partner, const std::map<std::int64_t, std::int64_t>& undone);

}  // namespace covenant
