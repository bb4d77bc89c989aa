#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// What a verb did to the registry.
enum class Effect { applied, updated, unchanged };

/// What a verb did with one partner, and where it stands now.
struct Outcome {
  Effect effect;
  PartnerId id;
  Status status;
};

inline Outcome outcome_of(Effect effect, const Partner& partner) {
  return {effect, partner.id, partner.status};
}

/// What was done, or every reason why nothing was.
using OutcomeResult = std::variant<Outcome, std::vector<Problem>>;

/// A refusal for one reason.
inline OutcomeResult refuse(Problem problem) {
  std::vector<Problem> problems;
  problems.push_back(std::move(problem));
  return problems;
}

}  // namespace covenant
