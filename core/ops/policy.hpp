#pragma once

#include "core/model/deed.hpp"
#include "core/model/policy.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What became of a policy: `kept` when a proposal was withdrawn by setting the value in force.
enum class PolicyEffect { unchanged, set, proposed, kept };

/// Sets a policy of the registry. A value that is not weaker takes effect, and ends a proposal. A weaker one
/// is proposed; it takes effect when another person sets it. Source: covenant-policy(1).
/// @throws Error{refused} when the same person repeats a proposal
PolicyEffect set_policy(Write& write, const PolicyValue& value, const Deed& deed);

}  // namespace covenant
