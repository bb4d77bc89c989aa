#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/model/commitment.hpp"
#include "core/model/partner.hpp"
#include "core/model/verification.hpp"
#include "core/store/sealed_name.hpp"

namespace covenant {

/// What an event says was done; the code is its `action`.
enum class Action { apply, update, verify, approve, revoke, withdraw, erase };

template <>
struct Codes<Action> {
  static constexpr std::array<std::string_view, 7> codes = {"apply",  "update",   "verify", "approve",
                                                            "revoke", "withdraw", "erase"};
};

/// One change of one partner, as a command decides it: what stood, what stands, and what it rests on.
struct Change {
  Action action;
  const Partner* before = nullptr;  ///< none for a new partner
  const Partner& after;
  const Verification* verification = nullptr;       ///< there with `verify`
  const Commitment* commitment = nullptr;           ///< there with `approve`
  const std::vector<SealedName>* erased = nullptr;  ///< there with `erase`: what goes
};

}  // namespace covenant
