#pragma once

#include <vector>

#include "core/model/criteria.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// What a verification found, and what was consulted for it.
struct Verification {
  Findings findings;
  std::vector<Note> sources;
};

}  // namespace covenant
