#pragma once

#include <nlohmann/json_fwd.hpp>

namespace covenant {

/// That an event has the members which its action asks for and no others, each of its own type.
/// Source: covenant-registry(5), EVENTS. @throws Error{damaged} naming the first that does not hold
void demand_members(const nlohmann::json& event);

}  // namespace covenant
