#include "core/ops/undo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/attached.hpp"
#include "core/history/record.hpp"
#include "core/history/standing.hpp"
#include "core/history/undo.hpp"
#include "core/ops/evidence_rules.hpp"
#include "core/store/event_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/policy_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

RunInfo info_of(EventRecord event) {
  const Date day = event.day();
  return {std::move(event.run), std::move(event.action), std::move(event.actor), day};
}

Problem refusal(const RunInfo& info, const std::string& why) {
  return Problem::of(ProblemCode::rule, info.run, why, "");
}

/// What a run did, by partner.
using RunEvents = std::map<PartnerId, std::vector<std::int64_t>>;

/// Why nobody can take the event back.
std::optional<Problem> find_permanent(const RunInfo& info, const EventRecord& event) {
  const std::string run = described(info);
  if (event.policy)
    return refusal(info,
                   fmt::format("run {} is about a policy and cannot be undone; set the policy again", run));
  if (!event.partner)
    return refusal(info, fmt::format("run {} created the registry and cannot be undone", run));
  if (event.action == code_of(Action::erase))
    return refusal(info, fmt::format("run {} erased personal data of {}, which cannot be undone", run,
                                     event.partner->str()));
  if (event.erased_document)
    return refusal(info, fmt::format("run {} erased a document of {}, which cannot be undone", run,
                                     event.partner->str()));
  return std::nullopt;
}

/// The events of the run that were not taken back yet.
Result<RunEvents> events_of(Read& read, const RunInfo& info) {
  RunEvents events;
  std::optional<std::int64_t> undone_by;
  for (const std::int64_t seq : find_events_of_run(read, info.run)) {
    const EventRecord event = parse_event(event_body(read, seq));
    if (auto problem = find_permanent(info, event)) return *std::move(problem);
    if (const auto by = find_undoing(read, *event.partner, seq)) {
      undone_by = by;
    } else {
      events[*event.partner].push_back(seq);
    }
  }
  if (events.empty() && undone_by) {
    return refusal(info, fmt::format("run {} was undone by run {}; undo that to do it again", described(info),
                                     described(info_of(parse_event(event_body(read, *undone_by))))));
  }
  return events;
}

/// The partners, the one with the last event first: what one gave up, another may have taken.
std::vector<PartnerId> last_first(const RunEvents& events) {
  std::vector<PartnerId> ids;
  for (const auto& [id, numbers] : events) ids.push_back(id);
  std::sort(ids.begin(), ids.end(),
            [&](PartnerId a, PartnerId b) { return events.at(a).back() > events.at(b).back(); });
  return ids;
}

/// The problem `duplicate`, where another partner took what the partner had.
std::optional<Problem> find_taken(Read& read, const Partner& before, const Partner& after) {
  const auto taken = [&](std::string_view what, const std::string& value, const Partner& other) {
    return Problem::of(ProblemCode::duplicate, value,
                       fmt::format("{}: its {} {} is now that of {}; change that first", after.id.str(), what,
                                   in_quotes(value), other.id.str()),
                       "");
  };
  const auto& reference = after.application.reference;
  if (reference && reference != before.application.reference) {
    if (const auto other = find_partner(read, *reference))
      return taken("reference", reference->str(), *other);
  }
  if (after.application.name != before.application.name) {
    if (const auto other = find_name(read, after.application.name, after.id).same)
      return taken("name", after.application.name.str(), *other);
  }
  return std::nullopt;
}

/// One partner of the run, with all events about it.
struct Subject {
  const Partner& before;
  const Partner& after;
  const std::vector<EventRecord>& events;
  const Undoing& undoing;
};

/// The joining that is restored, or whose evidence is; nothing when the listing rests on what it did before.
std::optional<Commitment> restored_joining(const Subject& subject) {
  if (subject.after.status != Status::approved) return std::nullopt;
  const Attached left = attached_by(subject.events, &subject.undoing);
  const auto joining = find_last_joining(left);
  if (!joining) return std::nullopt;
  const Attached present = attached_by(subject.events);
  const auto present_joining = find_last_joining(present);
  const bool is_same = subject.before.status == Status::approved && present_joining &&
                       present.commitments[*present_joining].first == left.commitments[*joining].first;
  return is_same ? std::nullopt : std::optional(left.commitments[*joining].second);
}

/// Whether the partner would have a document again that was erased: its bytes are gone.
bool brings_back_erased(const Subject& subject) {
  const auto still = attached_by(subject.events, &subject.undoing).erased_documents;
  const auto erased = attached_by(subject.events).erased_documents;
  return std::any_of(erased.begin(), erased.end(), [&](const auto& one) {
    return std::none_of(still.begin(), still.end(),
                        [&](const auto& other) { return other.second.sha256 == one.second.sha256; });
  });
}

/// The events that are left from the last verification on.
std::vector<EventRecord> since_verification(const Subject& subject) {
  const auto undone = undone_events(subject.events, &subject.undoing);
  std::vector<EventRecord> since;
  for (const EventRecord& event : subject.events) {
    if (undone.contains(event.seq)) continue;
    if (event.verification) since.clear();
    if (event.verification || !since.empty()) since.push_back(event);
  }
  return since;
}

/// The problem on a partner that was changed since, which can be passed over.
Problem changed_since(const RunInfo& info, PartnerId id, const EventRecord& change) {
  const bool is_final = change.action == code_of(Action::erase) || change.erased_document;
  Problem problem =
      refusal(info, fmt::format("{}: was changed since by run {}{}", id.str(), described(info_of(change)),
                                is_final ? ", which cannot be undone" : "; undo that first"));
  problem.column = "skip_changed";
  return problem;
}

OutcomeResult undo_partner(Write& write, const Partner& partner, const RunInfo& info, const Undoing& undoing,
                           ChangedSince changed, const Policies& policies, const Deed& deed) {
  const std::vector<EventRecord> events =
      read_events(write, write, partner.id, last_known_event(write, partner.id));
  for (const std::int64_t seq : undoing.events) {
    if (std::none_of(events.begin(), events.end(), [&](const auto& event) { return event.seq == seq; }))
      damaged(fmt::format("{}: event {} is missing among those about it", partner.id.str(), seq));
  }
  if (const EventRecord* change = find_later_change(events, undoing)) {
    if (changed == ChangedSince::refused) return refuse(changed_since(info, partner.id, *change));
    Outcome left = unchanged(partner);
    left.notes.push_back(Note::of(NoteCode::remains, change->run,
                                  fmt::format("{}: stays as it is; it was changed since by run {}",
                                              partner.id.str(), described(info_of(*change)))));
    return left;
  }
  const Partner after = partner_without(events, partners_after(write, events), undoing, deed.today);
  if (auto problem = find_taken(write, partner, after)) return refuse(*std::move(problem));
  if (brings_back_erased({partner, after, events, undoing})) {
    return refuse(refusal(info, fmt::format("{}: run {} took back a document that had been erased; add it to "
                                            "the evidence again",
                                            partner.id.str(), described(info))));
  }
  const auto joining = restored_joining({partner, after, events, undoing});
  if (joining) {
    Commitment evidence = *joining;
    if (evidence.document && is_erased(write, partner.id, evidence.document->sha256)) {
      evidence.document.reset();
      evidence.judgement.reset();
    }
    if (auto weakness = find_weakness(partner, evidence, policies.of(Policy::commitment)))
      return refuse(*std::move(weakness));
    if (auto verifier = find_verifier(partner, since_verification({partner, after, events, undoing}),
                                      policies.of(Policy::four_eyes), deed, "restore its listing"))
      return refuse(*std::move(verifier));
  }
  record(write,
         {.action = Action::undo,
          .before = &partner,
          .after = after,
          .policies = joining ? &policies : nullptr,
          .undoes = &undoing},
         deed);
  return updated(partner, after);
}

}  // namespace

std::string described(const RunInfo& info) {
  return fmt::format("{} ({} by {} on {})", info.run, info.action, for_terminal(info.actor), info.day.str());
}

std::optional<RunInfo> find_run(Read& read, const std::string& run) {
  const std::vector<std::int64_t> events = find_events_of_run(read, run);
  if (events.empty()) return std::nullopt;
  return info_of(parse_event(event_body(read, events.front())));
}

std::optional<RunInfo> find_last_run(Read& read, const std::string& actor) {
  const auto last = find_last_event_by(read, actor);
  if (!last) return std::nullopt;
  return find_run(read, parse_event(event_body(read, *last)).run);
}

std::vector<RunInfo> find_late_runs(Read& read) {
  constexpr int most_events = 5000;
  std::vector<RunInfo> runs;
  EventCursor events(read, {.partner = std::nullopt,
                            .since = std::nullopt,
                            .before = std::nullopt,
                            .order = EventOrder::newest_first});
  for (int i = 0; i < most_events && events.next(); ++i) {
    RunInfo info = info_of(parse_event(events.event().body));
    if (!runs.empty() && runs.back().run == info.run) runs.pop_back();
    runs.push_back(std::move(info));
  }
  std::erase_if(runs, [](const RunInfo& info) { return info.action == "init"; });
  return runs;
}

void undo(Write& write, const RunInfo& info, ChangedSince changed, const Policies& demanded, const Deed& deed,
          const std::function<void(const OutcomeResult&)>& visit) {
  auto events = events_of(write, info);
  if (!events) return visit(refuse(std::move(events).problem()));
  const Policies policies = stricter(find_policies(write), demanded);
  for (const PartnerId id : last_first(*events)) {
    const auto partner = find_partner(write, id);
    if (!partner) damaged(fmt::format("there are events about {}, which is missing", id.str()));
    const Undoing undoing{info.run, events->at(id)};
    visit(undo_partner(write, *partner, info, undoing, changed, policies, deed));
  }
}

}  // namespace covenant
