#include "core/ops/verify.hpp"

#include "core/history/record.hpp"
#include "core/ops/outcome.hpp"

namespace covenant {

OutcomeResult verify(Write& write, const Partner& partner, const Overrides& overrides,
                     const std::vector<Remark>& sources, const Deed& deed) {
  if (!is_legal(partner.status, Move::verify)) return refuse(illegal_move(partner, Move::verify));
  const Verification verification{evaluate(partner.application, overrides), sources};
  Partner after = partner;
  after.status = all_pass(verification.findings) ? Status::eligible : Status::ineligible;
  after.verified_on = deed.at.date();
  record(write, {.action = Action::verify, .before = &partner, .after = after, .verification = &verification},
         deed);
  return outcome_of(Effect::updated, after);
}

}  // namespace covenant
