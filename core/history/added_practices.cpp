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

/// The practices before an event of version 2, which does not repeat them: those of the last event that set
/// or emptied them.
Practices practices_before(Read& read, const EventRecord& event) {
  Practices practices;
  EventCursor events(
      read,
      {.partner = event.partner, .since = std::nullopt, .before = event.seq, .undone = Undone::left_out});
  while (events.next()) {
    const std::string_view body = events.event().body;
    if (body.find("\"practices\"") == std::string_view::npos) continue;
    const EventRecord earlier = read_event(read, body);
    practices = practices_among(earlier.set);
  }
  return practices;
}

/// The practices that the event brought.
Practices added_by(Read& read, const EventRecord& event) {
  const Practices before = event.version == 1 ? practices_among(event.old) : practices_before(read, event);
  Practices added = practices_among(event.set);
  const auto was_there = [&](const Practice& practice) {
    return std::find(before.begin(), before.end(), practice) != before.end();
  };
  added.erase(std::remove_if(added.begin(), added.end(), was_there), added.end());
  return added;
}

}  // namespace

void for_each_addition_of_practices(Read& read, const PublicQuery& query, const VisitChange& visit) {
  for_each_amendment_of_practices(read, query, [&](const PublicChange& amendment, std::string_view body) {
    PublicChange change = amendment;
    change.practices = added_by(read, read_event(read, body));
    return change.practices.empty() || visit(change);
  });
}

}  // namespace covenant
