#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/check/check.hpp"
#include "core/history/event_link.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"

namespace covenant {

/// Follows the chain of the history from event to event, in their order, and reports where it breaks: the
/// numbers have no gap, each leaf is the hash of its body, each event names the one before it and is not
/// dated before it, none is of an earlier version, and the first is the registry's beginning. Source:
/// covenant-registry(5), EVENTS.
class ChainWalk {
 public:
  explicit ChainWalk(DamageSink report);

  /// Visits an event, as it is stored. What of it cannot be read is reported.
  void visit(const StoredEvent& event);
  /// The same, but for what the rest of the body says; returns the action. To be read it is by the caller.
  std::string visit_link(const StoredEvent& event);

  /// The number of the last event that was visited; 0 before the first.
  std::int64_t last() const { return last_; }

 private:
  void follow(const StoredEvent& event, const std::optional<EventLink>& link);

  DamageSink report_;
  std::int64_t last_ = 0;
  std::int64_t version_ = 1;
  std::string prev_;
  std::optional<Instant> at_;
};

/// The events: numbered without gaps, canonical, each after the one before in time, chained by leaves that
/// are computed from the bodies.
void check_history(Read& read, const DamageSink& report);

}  // namespace covenant
