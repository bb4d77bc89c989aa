#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/history/event_texts.hpp"
#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/ended.hpp"
#include "core/model/evidence.hpp"
#include "core/model/instant.hpp"
#include "core/model/letter.hpp"
#include "core/model/partner.hpp"
#include "core/model/policy.hpp"
#include "core/store/database.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

/// What an event takes back.
struct Undoing {
  std::string run;                   ///< that recorded them: 16 hexadecimal digits
  std::vector<std::int64_t> events;  ///< about the same partner, ascending; at least one
};

/// An event, read back.
struct EventRecord {
  using Values = std::vector<std::pair<Column, std::string>>;

  std::int64_t version;  ///< 1 or 2: of version 2, what is among `texts` is set once they are read
  std::int64_t seq;
  std::string prev;  ///< hexadecimal leaf of the event before
  Instant at;
  std::optional<Instant> clock;  ///< what the clock showed, where that was more than a day before `at`
  std::string actor;
  std::int64_t uid;
  std::string run;  ///< the id that all events of one command share
  std::string action;
  std::string origin;                ///< of the first event
  std::optional<PartnerId> partner;  ///< of every other event but a change of a policy
  Values set;                        ///< the columns that it set, as texts
  Values old;                        ///< what was there before in those that it set or emptied
  std::optional<Verification> verification;
  std::optional<Commitment> commitment;  ///< in version 1 without `signed_by`
  std::optional<Ended> ending;           ///< corrected
  std::optional<Policies> policies;      ///< in force; of approvals from version 2 on
  std::optional<PolicyChange> policy;
  std::optional<Remark> note;
  std::optional<Remark> because;
  std::optional<Letter> letter;
  std::vector<std::pair<std::string, std::string>> sealed;  ///< field and hexadecimal digest
  std::vector<EventText> texts;                             ///< which it sealed
  std::optional<FurtherDocument> further;                   ///< added; its note is `note`'s
  std::optional<ErasedDocument> erased_document;
  std::vector<Column> emptied;  ///< of an erasure: from which it took a text
  std::vector<SealedName> erased;
  std::optional<Undoing> undoes;
  std::optional<std::int64_t> of;  ///< of an erasure: the event of which its texts remain

  /// The day on which it was recorded, by the clock.
  Date day() const { return clock.value_or(at).date(); }
};

/// The text of the column among the values; null when it is not among them.
const std::string* find_value(const EventRecord::Values& values, Column column);

/// How far the clock may be behind the last event without contradicting it: clocks are corrected.
inline constexpr std::chrono::hours clock_tolerance(24);

/// Reads an event's body: canonical (RFC 8785), with the members that its action asks for and no others.
/// Source: covenant-registry(5), EVENTS. @throws Error{damaged} naming the byte near which that is not so
EventRecord parse_event(std::string_view body);

/// Sets what the event's sealed texts say; those that were erased stay absent, and are returned.
/// @throws Error{damaged} when they are not the texts that the event names
std::vector<EventText> read_texts(Read& source, EventRecord& event);

/// Both: the event with its texts.
EventRecord read_event(Read& source, std::string_view body);

}  // namespace covenant
