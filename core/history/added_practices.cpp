#include "core/history/added_practices.hpp"

#include <algorithm>

#include "core/history/event_record.hpp"
#include "core/model/stored_text.hpp"

namespace covenant {

namespace {

Practices practices_among(const EventRecord::Values& columns) {
  for (const auto& [column, text] : columns) {
    if (column == "practices"_column) return stored(parse_practices(text));
  }
  return {};
}

/// The practices that the event brought.
Practices added_by(const EventRecord& event) {
  const Practices before = practices_among(event.old);
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
    change.practices = added_by(parse_event(body));
    return change.practices.empty() || visit(change);
  });
}

}  // namespace covenant
