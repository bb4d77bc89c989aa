#include "core/check/sound.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/check/chain.hpp"
#include "core/check/sealed.hpp"
#include "core/check/tables.hpp"
#include "core/history/effect.hpp"
#include "core/history/event_record.hpp"
#include "core/history/standing.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_events.hpp"
#include "core/store/policy_table.hpp"
#include "core/store/raw_tables.hpp"

// The two ways of checking, and why there are two.
//
// What `check` promises is that the tables say what the events say, in every column of every row. The plain
// way (check_tables) replays all events into a registry of its own and compares the two, table by table. It
// finds and names everything that differs, and costs a copy of the tables, and as much time as the import of
// them did.
//
// Almost every registry is sound, and then nobody needs names. This pass only answers whether all is well. It
// goes through the events in their order, where each is checked in the chain and against its sealed values,
// and then by partner. There each event is read, and the rows that should follow are computed in memory and
// asked for with one query that names every column (`is_stored`). As many events are read by partner as there
// are about partners, so none is left out. So every row that the events ask for is found to exist; that there
// are no others follows from their numbers alone. A row that another one names is then there as well: events
// name earlier ones, ids have no gaps, and only a successor can be a partner that never was. Any doubt makes
// the answer no, and then the plain ways are gone to find what is wrong and where (check.cpp): the two have
// to agree, and the tests change every column of every table to see that both object.

namespace covenant {

namespace {

/// Goes through the events and compares what hangs on each partner when its last event has come.
class SoundWalk {
 public:
  SoundWalk(Read& read, std::function<void(const Standing&)> visit)
      : read_(read), visit_(std::move(visit)), chain_(report_), sealed_(read, report_) {}

  bool run() {
    sort_keys_ = check_properties(read_, report_);
    visit_events();
    visit_partners();
    return is_sound_ && chain_.last() > 0 && has_only_those_rows();
  }

 private:
  void demand(bool is_so) { is_sound_ = is_sound_ && is_so; }

  void visit_events() {
    EventCursor events(read_, {});
    while (is_sound_ && events.next()) {
      const StoredEvent event = events.event();
      const std::string action = chain_.visit_link(event);
      sealed_.visit(event);
      if (action == "init" || action == "policy") {
        visit_other(parse_event(event.body));
      } else {
        ++links_;
      }
    }
    sealed_.finish();
  }

  void visit_other(const EventRecord& event) {
    demand(!event.partner);
    if (event.policy) visit_policy(event);
  }

  void visit_policy(const EventRecord& event) {
    auto& standing = policies_.at(static_cast<std::size_t>(event.policy->to.policy()));
    standing = policy_after(read_, event, standing ? &*standing : nullptr);
  }

  void visit_partners() {
    std::vector<EventRecord> events;
    std::int64_t first = 0;
    PartnerEventCursor cursor(read_, std::nullopt);
    while (is_sound_ && cursor.next()) {
      const PartnerId partner = cursor.partner();
      const StoredEvent stored = cursor.event();
      if (!events.empty() && events.back().partner != partner) visit_partner(std::exchange(events, {}));
      if (events.empty()) {
        // Ids are given as applications come.
        demand(partner.number() == ++partners_ && stored.seq > first);
        first = stored.seq;
      }
      events.push_back(read_event(read_, stored.body));
      demand(events.back().partner == partner && events.back().seq == stored.seq);
      ++events_of_partners_;
    }
    if (is_sound_ && !events.empty()) visit_partner(events);
  }

  void visit_partner(const std::vector<EventRecord>& events) {
    const PartnerId id = *events.front().partner;
    const Standing after = standing_after(read_, events);
    for (const auto& [undone, by] : undone_events(events, nullptr)) {
      demand(find_undoing(read_, id, undone) == by);
    }
    demand(is_stored(read_, after, sort_keys_));
    if (after.partner.successor)
      last_successor_ = std::max(last_successor_, after.partner.successor->number());
    rows_ += rows_of(after.attached, events);
    visit_(after);
  }

  /// Every row that the events ask for is there; so there are no others when there are no more.
  bool has_only_those_rows() {
    return last_successor_ <= partners_ && events_of_partners_ == links_ &&
           count_rows(read_, "partner") == partners_ && count_rows(read_, "partner_event") == links_ &&
           count_attached_rows(read_, std::nullopt) == rows_ && has_only_those_policies();
  }

  bool has_only_those_policies() {
    std::int64_t any = 0;
    for (std::size_t i = 0; i < policies_.size(); ++i) {
      if (find_policy(read_, static_cast<Policy>(i)) != policies_.at(i)) return false;
      any += policies_.at(i) ? 1 : 0;
    }
    return count_rows(read_, "policy") == any;
  }

  Read& read_;
  std::function<void(const Standing&)> visit_;
  bool is_sound_ = true;
  const DamageSink report_ = [this](const std::string&) { is_sound_ = false; };
  ChainWalk chain_;
  SealedWalk sealed_;
  SortKeys sort_keys_ = SortKeys::present;
  std::int64_t partners_ = 0;
  std::int64_t last_successor_ = 0;
  std::int64_t links_ = 0;  ///< events about partners
  std::int64_t events_of_partners_ = 0;
  AttachedRows rows_;
  std::array<std::optional<StandingPolicy>, policy_count> policies_;
};

}  // namespace

bool is_sound(Read& read, std::function<void(const Standing&)> visit) {
  return SoundWalk(read, std::move(visit)).run();
}

}  // namespace covenant
