#pragma once

#include <optional>

#include "core/model/codes.hpp"
#include "core/model/date.hpp"
#include "core/model/status.hpp"

namespace covenant {

/// When an involvement ended, and why where the Commission ended it.
struct Ended {
  Date on;
  std::optional<EndReason> reason;

  friend bool operator==(const Ended&, const Ended&) = default;
};

/// An ending that counts, and the status that it ended.
struct PastEnding {
  Status was;
  Ended ended;
};

}  // namespace covenant
