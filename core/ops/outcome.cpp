#include "core/ops/outcome.hpp"

#include <fmt/format.h>

#include <utility>

namespace covenant {

OutcomeResult with_notes(OutcomeResult result, const Notes& notes) {
  if (!result || notes.empty() || result->effect == Effect::unchanged) return result;
  Outcome outcome = std::move(result).value();
  outcome.notes.insert(outcome.notes.begin(), notes.begin(), notes.end());
  return outcome;
}

Problem illegal_move(const Partner& partner, Move move) {
  return Problem::of(ProblemCode::status, code_of(partner.status),
                     refusal(partner.id.str(), partner.status, move));
}

Problem rule_refuses(const Partner& partner, const std::string& why, const std::string& column) {
  return Problem::of(ProblemCode::rule, partner.id.str(), why, column);
}

Problem too_early(std::string_view column, Date given, std::string_view other_name, Date other) {
  return Problem::of(ProblemCode::date, given.str(),
                     fmt::format("{} is before {} on {}", given.str(), other_name, other.str()), column);
}

Problem too_late(std::string_view column, Date given, std::string_view other_name, Date other) {
  return Problem::of(ProblemCode::date, given.str(),
                     fmt::format("{} is after {} on {}", given.str(), other_name, other.str()), column);
}

std::optional<Problem> find_too_early(std::string_view column, Date given, std::string_view earliest_name,
                                      Date earliest) {
  if (given < earliest) return too_early(column, given, earliest_name, earliest);
  auto problem = find_before_launch(given);
  if (problem) problem->column = column;
  return problem;
}

}  // namespace covenant
