#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/instant.hpp"

namespace covenant {

/// What ties an event to those before it.
struct EventLink {
  std::int64_t version;
  std::int64_t seq;
  std::string prev;
  Instant at;
  std::string action;
};

/// Finds the link in an event's body without reading the rest. Where `parse_event` reads the body it has the
/// same values; of any other it may be anything. Nothing where a member is missing.
std::optional<EventLink> find_link(std::string_view body);

}  // namespace covenant
