#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"

namespace covenant {

/// The status of a partner. Source: covenant-lifecycle(7), STATUSES.
enum class Status { applied, eligible, ineligible, approved, revoked, withdrawn };

template <>
struct Codes<Status> {
  static constexpr std::array<std::string_view, 6> codes = {"applied",  "eligible", "ineligible",
                                                            "approved", "revoked",  "withdrawn"};
};

/// What moves a partner from one status to another; the code is the command's name.
enum class Move { apply, verify, approve, renew, revoke, withdraw };

template <>
struct Codes<Move> {
  static constexpr std::array<std::string_view, 6> codes = {"apply", "verify", "approve",
                                                            "renew", "revoke", "withdraw"};
};

/// One legal move. `verify` leads to `eligible` or to `ineligible`, by its findings, and so appears twice; of
/// a listed partner it is a re-check, which keeps the status.
struct Transition {
  Status from;
  Move move;
  Status to;
};

inline constexpr std::array<Transition, 17> transitions = {{
    {Status::applied, Move::verify, Status::eligible},
    {Status::applied, Move::verify, Status::ineligible},
    {Status::applied, Move::withdraw, Status::withdrawn},
    {Status::eligible, Move::approve, Status::approved},
    {Status::eligible, Move::verify, Status::eligible},
    {Status::eligible, Move::verify, Status::ineligible},
    {Status::eligible, Move::withdraw, Status::withdrawn},
    {Status::ineligible, Move::verify, Status::eligible},
    {Status::ineligible, Move::verify, Status::ineligible},
    {Status::ineligible, Move::apply, Status::applied},
    {Status::ineligible, Move::withdraw, Status::withdrawn},
    {Status::approved, Move::verify, Status::approved},
    {Status::approved, Move::renew, Status::approved},
    {Status::approved, Move::revoke, Status::revoked},
    {Status::approved, Move::withdraw, Status::withdrawn},
    {Status::revoked, Move::apply, Status::applied},
    {Status::withdrawn, Move::apply, Status::applied},
}};

/// Whether the lifecycle lets a partner of that status make that move.
constexpr bool is_legal(Status from, Move move) {
  return std::any_of(transitions.begin(), transitions.end(), [&](const Transition& transition) {
    return transition.from == from && transition.move == move;
  });
}

/// Why the move is refused and what would be legal: "AP-0007: is applied, cannot approve; possible:
/// verify, withdraw".
std::string refusal(std::string_view partner, Status from, Move move);

}  // namespace covenant
