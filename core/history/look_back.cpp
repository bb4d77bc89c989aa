#include "core/history/look_back.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/history/event_record.hpp"
#include "core/history/life.hpp"
#include "core/store/event_table.hpp"
#include "core/store/past_tables.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

Horizon horizon_of(Read& read, const PastDays& days) {
  const auto end = static_cast<std::int64_t>(log_size(read));
  const std::int64_t known = days.as_recorded ? last_event_by(read, *days.as_recorded) : end;
  return {days.as_of, days.as_of ? std::min(last_event_by(read, *days.as_of), known) : known, known};
}

std::optional<PastPartner> partner_at(Read& read, const Horizon& horizon, PartnerId partner,
                                      const std::string& erased_text) {
  Life life(partner, horizon, erased_text);
  EventCursor events(read, {.partner = partner, .since = std::nullopt, .before = horizon.known + 1});
  while (events.next()) {
    EventRecord event = parse_event(events.event().body);
    const std::vector<EventText> erased = read_texts(read, event);
    life.follow(event, erased);
  }
  return life.at_horizon();
}

}  // namespace

void look_back(Read& read, const PastDays& days, Erased erased) {
  const std::string erased_text = erased == Erased::as_word ? "erased" : "";
  PastTables past(read);
  const Horizon horizon = horizon_of(read, days);
  past.set(horizon);
  for (const PartnerId partner : past.find_unclear()) {
    const auto then = partner_at(read, horizon, partner, erased_text);
    if (!then) {
      past.put_absent(partner);
      continue;
    }
    past.put(then->partner, then->projection);
    for (const auto& [seq, commitment] : then->commitments) past.put_commitment(seq, partner, commitment);
    const auto contact = then->projection.contact;
    if (contact && !erased_text.empty() && !find_sealed_value(read, *contact, "contact"))
      past.put_contact(*contact, erased_text);
  }
  past.show();
}

}  // namespace covenant
