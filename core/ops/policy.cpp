#include "core/ops/policy.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/history/record.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

PolicyEffect set_policy(Write& write, const PolicyValue& value, const Deed& deed) {
  const auto standing = find_policy(write, value.policy());
  const PolicyValue old = standing ? standing->value : PolicyValue(value.policy());
  const bool is_pending = standing && standing->proposed;
  if (value == old && !is_pending) return PolicyEffect::unchanged;
  PolicyStep step = PolicyStep::takes_effect;
  if (value.is_weaker_than(old)) {
    if (!is_pending || *standing->proposed != value) {
      step = PolicyStep::is_proposed;
    } else if (const Person proposer = recorder_of(write, standing->seq);
               is_same_person(proposer, person_of(deed))) {
      throw Error(ErrorKind::refused,
                  fmt::format("{}: '{}' was proposed by {}, and somebody else must confirm it",
                              code_of(value.policy()), value.str(), proposer.actor));
    }
  }
  record(write, PolicyChange{old, value, step}, deed);
  if (step == PolicyStep::is_proposed) return PolicyEffect::proposed;
  return value == old ? PolicyEffect::kept : PolicyEffect::set;
}

}  // namespace covenant
