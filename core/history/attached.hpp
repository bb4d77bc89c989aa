#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/ended.hpp"
#include "core/model/evidence.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"

namespace covenant {

/// What events say about a partner that is not in its row: the rows of other tables, by their event.
struct Attached {
  std::optional<Verification> verification;
  std::vector<std::pair<std::int64_t, Commitment>> commitments;
  std::vector<std::pair<std::int64_t, FurtherDocument>> documents;  ///< beside the commitments
  std::vector<std::pair<std::int64_t, ErasedDocument>> erased_documents;
  std::vector<std::pair<std::int64_t, PastEnding>> endings;
  std::vector<std::pair<std::int64_t, Name>> former_names;  ///< by the event that took each away
};

/// The place among the commitments of the last joining that nothing corrected or took back, if there is one;
/// of one that was entered in error too.
std::optional<std::size_t> find_last_joining(const Attached& attached);

/// The day of the first joining that is not annulled; nothing when there is none.
std::optional<Date> first_joining(const Attached& attached);

/// Replaces the last joining and the last ending by what the event `seq` says; either may be null. What
/// was entered in error annuls the joining that it ended, and nothing else does.
void correct(Attached& attached, std::int64_t seq, const Commitment* commitment, const Ended* ending);

/// The digest of the document whose bytes a change brings; null when there is none. A correction that repeats
/// the document of what it corrects brings none.
const std::string* document_brought_by(const Change& change);
const std::string* document_brought_by(const EventRecord& event);

/// The events that were taken back, each with the one that did; also those that `next` takes back, which may
/// be null and is recorded last.
std::map<std::int64_t, std::int64_t> undone_events(std::span<const EventRecord> events, const Undoing* next);

/// The events that were taken back by the undos among those that the query finds, oldest first, each with the
/// one that did. @throws Error{damaged} as `parse_event`
std::map<std::int64_t, std::int64_t> read_undone_events(Read& read, const EventQuery& query);

/// What all events about one partner leave, which are in their order and with their texts; and after `next`
/// has taken some of them back.
Attached attached_by(std::span<const EventRecord> events, const Undoing* next = nullptr);

/// The events about a partner up to the one of that number, with their texts; `index` knows which they are.
/// @throws Error{damaged} when one of them is about another
std::vector<EventRecord> read_events(Read& index, Read& source, PartnerId partner, std::int64_t last);

/// The ending that a change is, if it is one.
std::optional<PastEnding> ending_of(const Change& change);

}  // namespace covenant
