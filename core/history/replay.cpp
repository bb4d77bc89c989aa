#include "core/history/replay.hpp"

#include <string>

#include "core/history/effect.hpp"
#include "core/history/projection.hpp"
#include "core/store/bulk/partner_indexes.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

void copy_event(Write& target, std::int64_t seq, const std::string& body) {
  target.query("INSERT INTO event (seq, body, leaf) VALUES (?1, ?2, x'')").with(seq, Kept{body}).run();
}

void copy_sealed(Read& source, Write& target, std::int64_t seq) {
  Query sealed = source.query("SELECT field, salt, value FROM sealed WHERE seq = ?1");
  sealed.with(seq);
  while (sealed.step()) {
    insert_sealed(target, seq, sealed.text(0), {std::string(sealed.text(1)), ""},
                  std::string(sealed.text(2)));
  }
}

void apply_event(Read& source, Write& target, const EventRecord& event) {
  if (!event.partner) return;
  const auto before = find_partner(target, *event.partner);
  if (!before && *event.partner != next_partner_id(target)) contradiction(event, "has not the next id");
  const Partner after = partner_after(source, event, before ? &*before : nullptr);
  const Change change = change_of(event, before ? &*before : nullptr, after);
  project(target, event.seq, change, seals_contact(change), event.at.date());
}

}  // namespace

Registry replay(Read& source, std::optional<Date> until) {
  Registry replayed = Registry::temporary();
  Write target = replayed.write();
  drop_partner_indexes(target);
  Query events = source.query("SELECT seq, body FROM event ORDER BY seq");
  while (events.step()) {
    const std::string body(events.text(1));
    const EventRecord event = parse_event(body);
    if (until && event.at.date() > *until) break;  // events are in the order of their times
    if (until) copy_event(target, event.seq, body);
    copy_sealed(source, target, events.integer(0));
    apply_event(source, target, event);
  }
  target.commit();
  return replayed;
}

}  // namespace covenant
