#include "core/history/added_practices.hpp"

#include <algorithm>

#include "core/history/event_record.hpp"
#include "core/model/stored_text.hpp"
#include "core/store/event_table.hpp"

namespace covenant {

namespace {

Practices practices_among(const EventRecord::Values& columns) {
  for (const auto& [column, text] : columns) {
    if (column == "practices"_column) return stored(read_back<Practices>(text));
  }
  return {};
}

/// The practices of a partner before an event: those of the last one that set or emptied them.
Practices practices_before(Read& read, std::optional<PartnerId> partner, std::int64_t seq) {
  Practices practices;
  EventCursor events(read,
                     {.partner = partner, .since = std::nullopt, .before = seq, .undone = Undone::left_out});
  while (events.next()) {
    const std::string_view body = events.event().body;
    if (body.find("\"practices\"") == std::string_view::npos) continue;
    const EventRecord earlier = read_event(read, body);
    practices = practices_among(earlier.set);
  }
  return practices;
}

/// The practices that the event brought; one of version 2 does not repeat those before it.
Practices added_by(Read& read, const EventRecord& event) {
  const Practices before =
      event.version == 1 ? practices_among(event.old) : practices_before(read, event.partner, event.seq);
  Practices added = practices_among(event.set);
  const auto was_there = [&](const Practice& practice) {
    return std::find(before.begin(), before.end(), practice) != before.end();
  };
  added.erase(std::remove_if(added.begin(), added.end(), was_there), added.end());
  return added;
}

}  // namespace

void for_each_addition_of_practices(Read& read, const PublicQuery& query, WithJoinings joinings,
                                    const VisitChange& visit) {
  for_each_arrival_of_practices(
      read, query, joinings, [&](const PublicChange& arrival, PracticesIn where, std::string_view text) {
        PublicChange change = arrival;
        switch (where) {
          case PracticesIn::event:
            change.practices = added_by(read, read_event(read, text));
            break;
          case PracticesIn::text:
            change.practices = stored(read_back<Practices>(text));
            break;
          case PracticesIn::history:
            change.practices = practices_before(read, change.partner, change.ordinal);
        }
        return change.practices.empty() || visit(change);
      });
}

}  // namespace covenant
