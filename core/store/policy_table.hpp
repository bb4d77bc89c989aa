#pragma once

#include <cstdint>
#include <optional>

#include "core/model/policy.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// A policy as the registry has it.
struct StandingPolicy {
  PolicyValue value;                    ///< in force
  std::optional<PolicyValue> proposed;  ///< a weaker one, which waits for a second actor
  std::int64_t seq;                     ///< the last event about it: the proposal, when there is one

  friend bool operator==(const StandingPolicy&, const StandingPolicy&) = default;
};

/// Nothing when no event was ever about that policy: then its weakest value is in force.
std::optional<StandingPolicy> find_policy(Read& read, Policy policy);

/// The values in force.
Policies find_policies(Read& read);

/// Only the history writes policies.
void put_policy(Write& write, const StandingPolicy& policy);

}  // namespace covenant
