#include "core/history/event_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/history/event_body.hpp"
#include "core/model/stored_text.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

/// Every action: those of changes, and of the two events that change no partner.
constexpr auto action_names = [] {
  std::array<std::string_view, code_count<Action> + 2> names{"init", "policy"};
  std::copy(Codes<Action>::codes.begin(), Codes<Action>::codes.end(), names.begin() + 2);
  return names;
}();

/// Reads what every event that was ever written is: canonical, under its own number, and without control
/// characters.
EventRecord read_stored(const StoredEvent& event) {
  constexpr TextRule rule{2, std::size_t{32} * 1024 * 1024, Lines::one};
  EventRecord record = parse_event(event.body);
  if (record.seq != event.seq) damaged(fmt::format("event {} has another number in its row", event.seq));
  if (!is_clean_text(event.body, rule)) damaged("an event has a control character");
  return record;
}

template <class T>
bool agrees(const std::optional<T>& wanted, const T& value) {
  return !wanted || *wanted == value;
}

bool passes(const EventRecord& event, const EventFilter& filter) {
  const Date day = event.at.date();
  return (!filter.since || day >= *filter.since) && (!filter.until || day <= *filter.until) &&
         agrees(filter.actor, event.actor) && (!filter.action || filter.action->name == event.action) &&
         (!filter.run || filter.run->text == event.run) &&
         (!filter.partner || event.partner == filter.partner);
}

/// The numbers of the last events that pass, the oldest first.
std::vector<std::int64_t> last_that_pass(Read& read, const EventFilter& filter) {
  std::vector<std::int64_t> numbers;
  EventCursor events(read, {.partner = filter.partner,
                            .since = filter.since,
                            .before = std::nullopt,
                            .order = EventOrder::newest_first});
  while (numbers.size() < *filter.limit && events.next()) {
    if (passes(read_stored(events.event()), filter)) numbers.push_back(events.event().seq);
  }
  std::reverse(numbers.begin(), numbers.end());
  return numbers;
}

/// A run while its events are read.
struct OpenRun {
  RunSummary summary;
  std::unordered_set<std::int64_t> partners;
  bool passes = false;
};

void add(OpenRun& run, const EventRecord& event, const EventFilter& filter) {
  ++run.summary.events;
  if (event.partner) run.partners.insert(event.partner->number());
  // An import amends some partners and files others.
  if (event.action == code_of(Action::apply)) run.summary.command = event.action;
  run.passes = run.passes || passes(event, filter);
}

}  // namespace

Result<ActionName> ActionName::parse(std::string_view text) {
  const auto found = std::find(action_names.begin(), action_names.end(), text);
  if (found == action_names.end()) return not_a_choice(text, "an action", action_names);
  return ActionName{*found};
}

std::vector<std::string> ActionName::all() {
  return {action_names.begin(), action_names.end()};
}

Result<RunId> RunId::parse(std::string_view text) {
  constexpr std::size_t digits = 16;
  if (!is_hex(text, digits))
    return Problem::of(
        ProblemCode::choice, text,
        fmt::format("{} is not the id of a run; write its 16 digits, as the list of runs shows "
                    "them",
                    in_quotes(text)));
  return RunId{std::string(text)};
}

void for_each_event(Read& read, const EventFilter& filter,
                    const std::function<void(const StoredEvent&, EventRecord)>& visit) {
  if (filter.limit) {
    for (const std::int64_t seq : last_that_pass(read, filter)) {
      const std::string body = event_body(read, seq);
      const StoredEvent event{seq, body, {}};
      visit(event, read_stored(event));
    }
    return;
  }
  EventCursor events(read, {.partner = filter.partner, .since = filter.since, .before = std::nullopt});
  while (events.next()) {
    EventRecord event = read_stored(events.event());
    if (filter.until && event.at.date() > *filter.until) return;
    if (passes(event, filter)) visit(events.event(), std::move(event));
  }
}

void for_each_run(Read& read, const EventFilter& filter,
                  const std::function<void(const RunSummary&)>& visit) {
  std::deque<RunSummary> last;
  std::optional<OpenRun> run;
  const auto close = [&] {
    if (!run || !run->passes) return;
    run->summary.partners = run->partners.size();
    if (!filter.limit) return visit(run->summary);
    last.push_back(std::move(run->summary));
    if (last.size() > *filter.limit) last.pop_front();
  };
  // The run of an event that passes may have begun before it.
  EventCursor events(read, {});
  while (events.next()) {
    const EventRecord event = read_stored(events.event());
    if (!run || run->summary.run != event.run) {
      close();
      run.emplace(OpenRun{{event.run, event.at, event.actor, event.action, 0, 0}, {}});
    }
    add(*run, event, filter);
  }
  close();
  for (const RunSummary& summary : last) visit(summary);
}

}  // namespace covenant
