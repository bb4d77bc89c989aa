#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// An event as people read it.
struct EventSummary {
  std::int64_t seq;
  std::string at;
  std::string actor;
  std::string action;
  std::optional<PartnerId> partner;
  std::string what;  ///< what was set: "status: applied → eligible; verified_on: 2026-11-23"
};

/// An event with its texts. @throws Error{damaged} when the body is not an event's
EventSummary summarise_event(Read& read, std::string_view body);

}  // namespace covenant
