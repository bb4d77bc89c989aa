#include "core/model/status.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace covenant;

TEST_CASE("the lifecycle is that of the manual") {
  // Each status with the moves that leave it, in the order of `Move`.
  const std::pair<Status, std::string> legal[] = {
      {Status::applied, "verify withdraw "},
      {Status::eligible, "verify approve withdraw "},
      {Status::ineligible, "apply verify withdraw "},
      {Status::approved, "verify renew revoke withdraw "},
      {Status::revoked, "apply "},
      {Status::withdrawn, "apply "},
  };
  for (const auto& [status, moves] : legal) {
    std::string found;
    for (std::size_t i = 0; i < Codes<Move>::codes.size(); ++i) {
      const auto move = static_cast<Move>(i);
      if (is_legal(status, move)) found.append(code_of(move)).append(" ");
    }
    CAPTURE(code_of(status));
    CHECK(found == moves);
  }
}

TEST_CASE("each move leads where it should") {
  for (const Transition& transition : transitions) {
    switch (transition.move) {
      case Move::apply:
        CHECK(transition.to == Status::applied);
        break;
      case Move::verify:
        CHECK((transition.from == Status::approved
                   ? transition.to == Status::approved
                   : transition.to == Status::eligible || transition.to == Status::ineligible));
        break;
      case Move::approve:
      case Move::renew:
        CHECK(transition.to == Status::approved);
        break;
      case Move::revoke:
        CHECK(transition.to == Status::revoked);
        break;
      case Move::withdraw:
        CHECK(transition.to == Status::withdrawn);
        break;
    }
  }
}

TEST_CASE("a refused move names the status and what is legal") {
  CHECK(refusal("AP-0007", Status::applied, Move::approve) ==
        "AP-0007: is applied, cannot approve; possible: verify, withdraw");
  CHECK(refusal("AP-0007", Status::revoked, Move::verify) ==
        "AP-0007: is revoked, cannot verify; possible: apply");
}
