#pragma once

#include <string>
#include <utility>

#include "core/base/result.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// What a verb did to the registry.
enum class Effect { applied, updated, unchanged };

/// What a verb did with one partner, and the status that the partner has now.
struct Outcome {
  Effect effect;
  PartnerId id;
  Status status;
};

inline Outcome outcome_of(Effect effect, const Partner& partner) {
  return {effect, partner.id, partner.status};
}

/// What was done, or every reason why nothing was.
using OutcomeResult = Result<Outcome, Problems>;

/// A refusal for one reason.
inline OutcomeResult refuse(Problem problem) {
  Problems problems;
  problems.push_back(std::move(problem));
  return problems;
}

/// The problem `status`: the lifecycle does not let this partner make that move.
Problem illegal_move(const Partner& partner, Move move);

/// The problem `rule`: another rule of the scheme refuses. `column` is the input that could change that, or
/// empty.
Problem rule_refuses(const Partner& partner, const std::string& why, const std::string& column);

/// The problem `date` on a day that is before another one.
Problem too_early(const std::string& column, Date given, std::string_view other_name, Date other);

}  // namespace covenant
