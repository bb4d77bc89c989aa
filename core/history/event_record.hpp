#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/instant.hpp"
#include "core/model/partner.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

/// An event, read back.
struct EventRecord {
  using Values = std::vector<std::pair<Column, std::string>>;

  std::int64_t seq;
  std::string prev;  ///< hexadecimal leaf of the event before
  Instant at;
  std::optional<Instant> clock;  ///< what the clock showed, where that was more than a day before `at`
  std::string actor;
  std::string action;
  std::string origin;                ///< of the first event
  std::optional<PartnerId> partner;  ///< of every other event
  Values set;                        ///< the columns that it set, as texts
  Values old;                        ///< what was there before in those that it set or emptied
  std::optional<Verification> verification;
  std::optional<Commitment> commitment;                     ///< `signed_by` is sealed and not here
  std::vector<std::pair<std::string, std::string>> sealed;  ///< field and hexadecimal digest
  std::vector<SealedName> erased;

  /// The day on which it was recorded, by the clock.
  Date day() const { return clock.value_or(at).date(); }
};

/// How far the clock may be behind the last event without contradicting it: clocks are corrected.
inline constexpr std::chrono::hours clock_tolerance(24);

/// Reads an event's body: canonical (RFC 8785), with the members that its action asks for and no others.
/// Source: covenant-registry(5), EVENTS. @throws Error{damaged} naming the byte near which that is not so
EventRecord parse_event(std::string_view body);

}  // namespace covenant
