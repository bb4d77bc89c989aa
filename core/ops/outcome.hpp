#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/note.hpp"
#include "core/base/result.hpp"
#include "core/model/criteria.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// What a verb did to the registry.
enum class Effect { applied, updated, unchanged };

/// What a verb did with one partner.
struct Outcome {
  Effect effect;
  PartnerId id;
  Status status;                    ///< that the partner has now
  std::optional<Status> was{};      ///< before; nothing: the partner is new
  std::optional<Findings> found{};  ///< by a verification
  Notes notes{};                    ///< without their lines
};

/// What was done to a partner that was there before.
inline Outcome updated(const Partner& before, const Partner& after) {
  return {Effect::updated, after.id, after.status, before.status};
}

inline Outcome unchanged(const Partner& partner) {
  return {Effect::unchanged, partner.id, partner.status, partner.status};
}

/// What was done, or every reason why nothing was.
using OutcomeResult = Result<Outcome, Problems>;

/// The same with notes before its own; what changed nothing has none of them.
OutcomeResult with_notes(OutcomeResult result, const Notes& notes);

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

/// The problem `date` on a day that is before another one, or after.
Problem too_early(std::string_view column, Date given, std::string_view other_name, Date other);
Problem too_late(std::string_view column, Date given, std::string_view other_name, Date other);

/// The problem `date` on a day that is before `earliest`, or before there was a Covenant.
std::optional<Problem> find_too_early(std::string_view column, Date given, std::string_view earliest_name,
                                      Date earliest);

}  // namespace covenant
