#include "core/history/look_back.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/attached.hpp"
#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/history/life.hpp"
#include "core/store/event_table.hpp"
#include "core/store/past_tables.hpp"
#include "core/store/public_list.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

Horizon horizon_of(Read& read, const PastDays& days) {
  const auto end = static_cast<std::int64_t>(log_size(read));
  const std::int64_t known = days.as_recorded ? last_event_by(read, *days.as_recorded) : end;
  return {days.as_of, days.as_of ? std::min(last_event_by(read, *days.as_of), known) : known, known};
}

/// The events of the partner that were known to be taken back by then.
std::map<std::int64_t, std::int64_t> undone_by_then(Read& read, const Horizon& horizon, PartnerId partner) {
  return read_undone_events(read, {.partner = partner, .since = std::nullopt, .before = horizon.known + 1});
}

/// Whether the event leaves something beside the partner's own row.
bool attaches(const EventRecord& event) {
  return event.commitment || event.ending || event.undoes || event.action == code_of(Action::revoke) ||
         event.action == code_of(Action::withdraw);
}

/// As of a day, what was taken back never was, but for the application of a partner that this left withdrawn.
bool counts(const EventRecord& event, std::int64_t filed,
            const std::map<std::int64_t, std::int64_t>& undone) {
  if (event.undoes) {
    const auto filing = undone.find(filed);
    return filing != undone.end() && filing->second == event.seq;
  }
  return event.seq == filed || !undone.contains(event.seq);
}

/// Whether what the event changed in public may not be seen: it takes back something, or annuls it.
bool hides(const EventRecord& event) {
  const std::string* reason = find_value(event.set, "end_reason"_column);
  return event.undoes || (reason != nullptr && *reason == code_of(EndReason::entered_in_error)) ||
         (event.ending && event.ending->reason == EndReason::entered_in_error);
}

/// The last change of the partner that can be seen.
std::optional<std::int64_t> last_change_seen(Read& read, PartnerId partner) {
  const auto end = static_cast<std::int64_t>(log_size(read));
  const Horizon all{Date::exactly("9999-12-31"), end, end};
  Life life(partner, all, "");
  const auto undone = undone_by_then(read, all, partner);
  std::optional<std::int64_t> filed;
  EventCursor events(read, {.partner = partner, .since = std::nullopt, .before = end + 1});
  while (events.next()) {
    const EventRecord event = parse_event(events.event().body);
    if (!filed) filed = event.seq;
    if (counts(event, *filed, undone)) life.follow(event, {});
  }
  const auto now = life.at_horizon();
  return now ? now->projection.changed : std::nullopt;
}

/// The events of a partner name it, and begin with its application. @throws Error{damaged}
void demand_own(PartnerId partner, const EventRecord& event, bool is_first) {
  if (event.partner != partner)
    damaged(fmt::format("event {} is listed as one about {}, and is not", event.seq, partner.str()));
  if (is_first && event.action != code_of(Action::apply))
    damaged(partner.str() + ": its application is missing among the events about it");
}

/// Puts one partner in from its events.
class Past {
 public:
  Past(Read& read, PastTables& tables, const Horizon& horizon, std::string erased_text)
      : read_(read), tables_(tables), horizon_(horizon), erased_text_(std::move(erased_text)) {}

  void put(PartnerId partner) {
    Life life(partner, horizon_, erased_text_);
    const auto undone = undone_by_then(read_, horizon_, partner);
    std::vector<EventRecord> attaching;
    std::optional<std::int64_t> filed;
    EventCursor events(read_, {.partner = partner, .since = std::nullopt, .before = horizon_.known + 1});
    while (events.next()) {
      EventRecord event = parse_event(events.event().body);
      demand_own(partner, event, !filed);
      const std::vector<EventText> erased = read_texts(read_, event);
      if (!filed) filed = event.seq;
      if (!horizon_.day || counts(event, *filed, undone)) life.follow(event, erased);
      if (attaches(event)) attaching.push_back(std::move(event));
    }
    if (!filed) damaged(partner.str() + ": its application is missing among the events about it");
    for (const auto& [seq, by] : undone) tables_.put_undone(seq, by);
    auto then = life.at_horizon();
    if (!then) return tables_.put_absent(partner);
    auto& contact = then->projection.contact;
    if (contact && !find_sealed_value(read_, *contact, "contact")) {
      if (erased_text_.empty()) {
        contact.reset();
      } else {
        tables_.put_contact(*contact, erased_text_);
      }
    }
    tables_.put(then->partner, then->projection);
    put_attached(partner, attached_by(attaching));
  }

 private:
  bool is_by_then(Date day) const { return !horizon_.day || day <= *horizon_.day; }

  /// What was annulled keeps its place: joinings are numbered, and known by the day that was recorded first.
  void put_attached(PartnerId partner, const Attached& attached) {
    for (const auto& [seq, commitment] : attached.commitments) {
      const bool shows = commitment.annulled_by || is_by_then(commitment.received_on);
      if (shows) tables_.put_commitment(seq, partner, commitment);
    }
    for (const auto& [seq, ending] : attached.endings) {
      if (is_by_then(ending.ended.on)) tables_.put_ending(seq, partner, ending);
    }
  }

  Read& read_;
  PastTables& tables_;
  Horizon horizon_;
  std::string erased_text_;
};

}  // namespace

std::optional<Date> last_day_shown(Read& read, const PublicSummary& summary) {
  if (!summary.modified || !hides(parse_event(event_body(read, summary.sequence)))) return summary.modified;
  std::optional<std::int64_t> last;
  for_each_public_change(read, [&](PartnerId partner, std::int64_t changed) {
    if (changed <= last) return false;
    const bool hides_it = hides(parse_event(event_body(read, changed)));
    last = std::max(last, hides_it ? last_change_seen(read, partner) : std::optional(changed));
    return true;
  });
  if (!last) return std::nullopt;
  return parse_event(event_body(read, *last)).day();
}

void look_back(Read& read, const PastDays& days, Erased erased) {
  PastTables tables(read);
  const Horizon horizon = horizon_of(read, days);
  const std::vector<PartnerId> unclear = tables.find_unclear(horizon);
  // What is put in has texts of persons, which may be in no file.
  read.sort_in(unclear.empty() ? SortingPlace::files : SortingPlace::memory);
  tables.set(horizon);
  Past past(read, tables, horizon, erased == Erased::as_word ? "erased" : "");
  for (const PartnerId partner : unclear) past.put(partner);
  tables.show();
}

}  // namespace covenant
