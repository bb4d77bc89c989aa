#pragma once

#include "core/model/date.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// A name that a partner had.
struct FormerName {
  Name name;
  Date until;  ///< the day on which another was recorded
};

}  // namespace covenant
