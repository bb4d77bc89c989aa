#include "core/history/undo.hpp"

#include <algorithm>
#include <string>

#include "core/history/attached.hpp"
#include "core/history/effect.hpp"
#include "core/history/event_body.hpp"

// How undoing works, and why.
//
// A run is taken back by events of its own, one a partner, each of which names the events that it takes back
// and sets what was there before the first of them, in `new` and `old` like any other change. So whoever
// follows the events needs to know nothing of it to have the partner's row right. What else hangs on the
// events taken back (commitments, endings, findings, notes) follows from those that are left: `attached_by`
// passes over them.
//
// Nothing may have changed the partner since. Pairs of a change and its undoing have not, and may be nested.
// An undo is taken back like any other event, and then what it took back counts again.

namespace covenant {

namespace {

bool has(const std::vector<std::int64_t>& numbers, std::int64_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

}  // namespace

bool changes_nothing(const EventRecord& event) {
  return event.action == code_of(Action::note) || event.action == code_of(Action::letter);
}

const EventRecord* find_later_change(std::span<const EventRecord> events, const Undoing& undoing) {
  const std::int64_t first = undoing.events.front();
  const auto undone = undone_events(events, nullptr);
  const EventRecord* last = nullptr;
  for (const EventRecord& event : events) {
    const bool is_nested = event.undoes && event.undoes->events.front() > first;
    const bool is_passed_over = has(undoing.events, event.seq) || undone.contains(event.seq) || is_nested;
    if (event.seq > first && !is_passed_over && !changes_nothing(event)) last = &event;
  }
  return last;
}

Partner partner_without(std::span<const EventRecord> events, std::span<const Partner> states,
                        const Undoing& undoing, Date day) {
  std::size_t first = 0;
  while (events[first].seq < undoing.events.front()) ++first;
  if (first > 0) return states[first - 1];
  const Partner& last = states.back();
  return {.id = last.id,
          .application = last.application,
          .status = Status::withdrawn,
          .ended_on = day,
          .end_reason = EndReason::entered_in_error,
          .contact_erased_on = last.contact_erased_on};
}

void demand_undo(std::span<const EventRecord> events, std::size_t place, std::span<const Partner> states) {
  const EventRecord& undo = events[place];
  const Undoing& undoing = *undo.undoes;
  const auto earlier = events.first(place);
  const auto undone = undone_events(earlier, nullptr);
  std::size_t found = 0;
  for (const EventRecord& event : earlier) {
    if (event.run != undoing.run || undone.contains(event.seq)) continue;
    const bool is_erasure = event.action == code_of(Action::erase) || event.erased_document;
    if (!has(undoing.events, event.seq) || is_erasure)
      contradiction(undo, "takes back not all of the run " + undoing.run);
    ++found;
  }
  if (found != undoing.events.size()) contradiction(undo, "takes back what is not of the run " + undoing.run);
  if (find_later_change(earlier, undoing) != nullptr)
    contradiction(undo, "takes back what was changed since");
  const Partner& after = states[place];
  const Date day = after.ended_on.value_or(after.application.applied_on);
  const Partner expected = partner_without(earlier, states.first(place), undoing, day);
  for (const Column column : all_columns) {
    if (is_in_the_clear(column) && column_text(after, column) != column_text(expected, column))
      contradiction(undo, "leads to another " + std::string(code_of(column)) + " than there was");
  }
}

}  // namespace covenant
