#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/history/event_record.hpp"
#include "core/model/date.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"

namespace covenant {

/// The action of an event, by its name.
struct ActionName {
  std::string_view name;

  /// Fails with `choice`.
  static Result<ActionName> parse(std::string_view text);
  static std::vector<std::string> all();
};

/// The id of a run: 16 hexadecimal digits in small letters.
struct RunId {
  std::string text;

  /// Fails with `choice`.
  static Result<RunId> parse(std::string_view text);
};

/// Which events.
struct EventFilter {
  std::optional<PartnerId> partner{};
  std::optional<Date> since{};  ///< the first day, UTC
  std::optional<Date> until{};  ///< the last day, UTC
  std::optional<std::string> actor{};
  std::optional<ActionName> action{};
  std::optional<RunId> run{};
  std::optional<std::uint64_t> limit{};  ///< the last so many
};

/// Visits the events that pass, as they are stored and as they are read, the oldest first.
/// @throws Error{damaged} at one that no version wrote
void for_each_event(Read& read, const EventFilter& filter,
                    const std::function<void(const StoredEvent&, EventRecord)>& visit);

/// What one command recorded.
struct RunSummary {
  std::string run;
  Instant at;  ///< of its first event
  std::string actor;
  std::string command;  ///< found from the actions of its events; see covenant-history(1)
  std::uint64_t events;
  std::uint64_t partners;
};

/// Visits the runs of which an event passes, the oldest first; the numbers are those of the whole run.
/// @throws Error{damaged} at an event that no version wrote
void for_each_run(Read& read, const EventFilter& filter, const std::function<void(const RunSummary&)>& visit);

}  // namespace covenant
