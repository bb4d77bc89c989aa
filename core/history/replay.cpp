#include "core/history/replay.hpp"

#include <string>
#include <vector>

#include "core/history/effect.hpp"
#include "core/history/projection.hpp"
#include "core/history/standing.hpp"
#include "core/store/bulk/partner_indexes.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/policy_table.hpp"
#include "core/store/sealed_table.hpp"

// How a replay works, and why.
//
// The events are the truth, and the tables follow from them. A replay makes the tables again, from nothing,
// in a file of its own, for the check that names what differs. It goes the way that the events came: each is
// applied to the partner as the tables have it so far
// (`partner_after` demands that what the event says was there before is there), and the same `project` that
// wrote the tables at first writes them again. So there is no second account of what an event does to the
// tables that could differ from the first.
//
// What events do not have in the clear comes from the sealed values; one that was erased since stays absent.
// The file is nobody else's, so it has no journal and no indexes, and its transaction is one. Leaves are not
// computed: that the chain is whole is another check's business.

namespace covenant {

namespace {

void apply_event(Read& source, Write& target, const EventRecord& event) {
  if (event.policy) {
    const auto before = find_policy(target, event.policy->to.policy());
    put_policy(target, policy_after(source, event, before ? &*before : nullptr));
  }
  if (!event.partner) return;
  const auto before = find_partner(target, *event.partner);
  const Partner after = partner_after(source, event, before ? &*before : nullptr);
  if (event.undoes) {
    std::vector<EventRecord> events = read_events(target, source, *event.partner, event.seq - 1);
    events.push_back(event);
    partners_after(source, events);
  }
  const Change change = change_of(event, before ? &*before : nullptr, after);
  project(target, source, event.seq, change, seals_contact(change));
}

void demand_next_id(Write& target, const EventRecord& event) {
  if (event.partner && *event.partner > next_partner_id(target)) contradiction(event, "has not the next id");
}

/// Replays the events of one partner up to the one of that number.
void replay_partner(Read& source, Write& target, PartnerId partner, std::int64_t last) {
  EventCursor events(source, {.partner = partner, .since = std::nullopt, .before = last + 1});
  while (events.next()) {
    const std::string body(events.event().body);
    const EventRecord event = read_event(source, body);
    if (event.partner != partner) contradiction(event, "is not about " + partner.str());
    insert_event(target, event.seq, body, "");
    copy_sealed(source, target, event.seq);
    apply_event(source, target, event);
  }
}

}  // namespace

Registry replay(Read& source) {
  Registry replayed = Registry::temporary();
  Write target = replayed.write();
  drop_partner_indexes(target);
  EventCursor events(source, {});
  while (events.next()) {
    copy_sealed(source, target, events.event().seq);
    const EventRecord event = read_event(source, events.event().body);
    demand_next_id(target, event);
    apply_event(source, target, event);
  }
  target.commit();
  return replayed;
}

Registry replay(Read& source, std::span<const PartnerId> partners, std::int64_t last) {
  Registry replayed = Registry::temporary();
  Write target = replayed.write();
  drop_partner_indexes(target);
  for (const PartnerId partner : partners) replay_partner(source, target, partner, last);
  while (const auto successor = find_missing_successor(target)) {
    replay_partner(source, target, *successor, last);
    if (!find_partner(target, *successor)) damaged(successor->str() + " is a successor, but never applied");
  }
  target.commit();
  return replayed;
}

}  // namespace covenant
