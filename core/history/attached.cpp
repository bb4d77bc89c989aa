#include "core/history/attached.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.hpp"
#include "core/model/stored_text.hpp"

// How it works, and why.
//
// Most events add a row to another table, or replace what was there, and `project` does just that as they are
// recorded, which is quick. A correction, an undo or an erasure changes what earlier events added. Here the
// rows are found from all events of the partner: each that counts is followed in its order. So whatever is
// corrected, there is one account of what is left, which writes the tables and checks them.

namespace covenant {

namespace {

/// Annuls the joining that the ending in that event ended, and its renewals.
void annul_joining_before(Attached& attached, std::int64_t ending) {
  auto& commitments = attached.commitments;
  const auto joining = std::find_if(commitments.rbegin(), commitments.rend(), [&](const auto& one) {
    const Commitment& commitment = one.second;
    return commitment.kind == CommitmentKind::joining && !commitment.annulled_by &&
           commitment.corrects.value_or(one.first) < ending;
  });
  if (joining == commitments.rend()) return;
  const std::int64_t approval = joining->second.corrects.value_or(joining->first);
  joining->second.annulled_by = ending;
  for (auto& [seq, commitment] : commitments) {
    const bool renews_it =
        commitment.kind == CommitmentKind::renewal && seq > approval && !commitment.annulled_by;
    if (renews_it) commitment.annulled_by = ending;
  }
}

/// Follows the events of one partner.
class Follower {
 public:
  void follow(const EventRecord& event) {
    const auto action = from_code<Action>(event.action);
    if (action == Action::undo) return;
    if (event.verification) {
      attached_.verification = event.verification;
    } else if (find_value(event.old, "verified_on"_column) && !find_value(event.set, "verified_on"_column)) {
      attached_.verification.reset();
    }
    if (action == Action::correct) {
      const Commitment* commitment = event.commitment ? &*event.commitment : nullptr;
      correct(attached_, event.seq, commitment, event.ending ? &*event.ending : nullptr);
    } else if (event.commitment) {
      attached_.commitments.emplace_back(event.seq, *event.commitment);
    }
    if (event.further) attached_.documents.emplace_back(event.seq, *event.further);
    follow_bytes(event);
    if (action == Action::revoke || action == Action::withdraw) end(event);
    if (const auto* name = find_value(event.old, "name"_column))
      attached_.former_names.emplace_back(event.seq, stored(read_back<Name>(*name)));
  }

  /// An event that was taken back. Its document is kept, unless it had been erased before: then it is again.
  void pass_over(const EventRecord& event, std::int64_t undone_by) {
    if (event.further) {
      auto& [seq, further] = attached_.documents.emplace_back(event.seq, *event.further);
      further.annulled_by = undone_by;
    }
    if (!event.commitment) return;
    Commitment undone = *event.commitment;
    undone.annulled_by = undone_by;
    if (const auto joining = find_last_joining(attached_);
        joining && event.action == code_of(Action::correct)) {
      const auto& [approval, commitment] = attached_.commitments[*joining];
      undone.corrects = commitment.corrects.value_or(approval);
    }
    attached_.commitments.emplace_back(event.seq, std::move(undone));
  }

  Attached finish() { return std::move(attached_); }

 private:
  /// Whether the bytes of a document are kept or erased; nothing takes back that they went.
  void follow_bytes(const EventRecord& event) {
    auto& erased = attached_.erased_documents;
    if (const std::string* sha256 = document_brought_by(event))
      std::erase_if(erased, [&](const auto& one) { return one.second.sha256 == *sha256; });
    if (event.erased_document) erased.emplace_back(event.seq, *event.erased_document);
  }

  void end(const EventRecord& event) {
    const auto* was = find_value(event.old, "status"_column);
    const auto* on = find_value(event.set, "ended_on"_column);
    const auto* reason = find_value(event.set, "end_reason"_column);
    const auto status = was != nullptr ? from_code<Status>(*was) : std::nullopt;
    if (!status || on == nullptr) return;  // of no event that a partner can follow from
    const PastEnding ending{
        *status,
        {stored(Date::parse(*on)), reason != nullptr ? from_code<EndReason>(*reason) : std::nullopt}};
    attached_.endings.emplace_back(event.seq, ending);
    if (ending.ended.reason == EndReason::entered_in_error) annul_joining_before(attached_, event.seq);
  }

  Attached attached_;
};

}  // namespace

std::optional<std::size_t> find_last_joining(const Attached& attached) {
  const auto is_ending = [&](std::int64_t seq) {
    return std::any_of(attached.endings.begin(), attached.endings.end(),
                       [&](const auto& ending) { return ending.first == seq; });
  };
  for (std::size_t i = attached.commitments.size(); i > 0; --i) {
    const Commitment& commitment = attached.commitments[i - 1].second;
    const bool counts = !commitment.annulled_by || is_ending(*commitment.annulled_by);
    if (commitment.kind == CommitmentKind::joining && counts) return i - 1;
  }
  return std::nullopt;
}

std::optional<Date> first_joining(const Attached& attached) {
  const std::pair<std::int64_t, Commitment>* first = nullptr;
  const auto approval = [](const auto& one) { return one.second.corrects.value_or(one.first); };
  for (const auto& one : attached.commitments) {
    const bool counts = one.second.kind == CommitmentKind::joining && !one.second.annulled_by;
    if (counts && (first == nullptr || approval(one) < approval(*first))) first = &one;
  }
  return first == nullptr ? std::nullopt : std::optional(first->second.received_on);
}

void correct(Attached& attached, std::int64_t seq, const Commitment* commitment, const Ended* ending) {
  if (const auto joining = find_last_joining(attached); commitment != nullptr && joining) {
    auto& [approval, before] = attached.commitments[*joining];
    Commitment corrected = *commitment;
    corrected.corrects = before.corrects.value_or(approval);
    corrected.annulled_by = std::exchange(before.annulled_by, seq);
    attached.commitments.emplace_back(seq, std::move(corrected));
  }
  if (ending == nullptr || attached.endings.empty()) return;
  auto& [end, last] = attached.endings.back();
  last.ended = *ending;
  for (auto& [approval, joining] : attached.commitments) {
    if (joining.annulled_by == end) joining.annulled_by.reset();
  }
  if (last.ended.reason == EndReason::entered_in_error) annul_joining_before(attached, end);
}

namespace {

const std::string* document_brought_by(Action action, const Commitment* commitment,
                                       const FurtherDocument* further) {
  if (further != nullptr) return &further->document.sha256;
  const bool brings = commitment != nullptr && commitment->document && action != Action::correct;
  return brings ? &commitment->document->sha256 : nullptr;
}

}  // namespace

const std::string* document_brought_by(const Change& change) {
  return document_brought_by(change.action, change.commitment, change.further);
}

const std::string* document_brought_by(const EventRecord& event) {
  const auto action = from_code<Action>(event.action);
  if (!action) return nullptr;
  return document_brought_by(*action, event.commitment ? &*event.commitment : nullptr,
                             event.further ? &*event.further : nullptr);
}

std::map<std::int64_t, std::int64_t> undone_events(std::span<const EventRecord> events, const Undoing* next) {
  std::map<std::int64_t, std::int64_t> undone;
  const auto add = [&](const Undoing& undoing, std::int64_t by) {
    for (const std::int64_t seq : undoing.events) undone.emplace(seq, by);
  };
  if (next != nullptr) add(*next, INT64_MAX);
  // From the last one on: an undo that was itself taken back has taken back nothing.
  for (std::size_t i = events.size(); i > 0; --i) {
    const EventRecord& event = events[i - 1];
    if (event.undoes && !undone.contains(event.seq)) add(*event.undoes, event.seq);
  }
  return undone;
}

std::map<std::int64_t, std::int64_t> read_undone_events(Read& read, const EventQuery& query) {
  std::vector<EventRecord> undos;
  EventCursor events(read, query);
  while (events.next()) {
    if (events.event().body.starts_with(R"({"action":"undo")"))
      undos.push_back(parse_event(events.event().body));
  }
  return undone_events(undos, nullptr);
}

Attached attached_by(std::span<const EventRecord> events, const Undoing* next) {
  const auto undone = undone_events(events, next);
  Follower follower;
  for (const EventRecord& event : events) {
    const auto by = undone.find(event.seq);
    if (by == undone.end()) {
      follower.follow(event);
    } else {
      follower.pass_over(event, by->second);
    }
  }
  return follower.finish();
}

std::vector<EventRecord> read_events(Read& index, Read& source, PartnerId partner, std::int64_t last) {
  std::vector<EventRecord> events;
  for (const std::int64_t seq : find_events_of(index, partner, last)) {
    events.push_back(read_event(source, event_body(source, seq)));
    if (events.back().partner != partner)
      damaged(fmt::format("event {} is not about {}", seq, partner.str()));
  }
  return events;
}

std::optional<PastEnding> ending_of(const Change& change) {
  if (change.action != Action::revoke && change.action != Action::withdraw) return std::nullopt;
  if (change.before == nullptr || !change.after.ended_on) return std::nullopt;
  return PastEnding{change.before->status, {*change.after.ended_on, change.after.end_reason}};
}

}  // namespace covenant
