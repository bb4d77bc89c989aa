#include "core/ops/outcome.hpp"

#include <fmt/format.h>

namespace covenant {

Problem illegal_move(const Partner& partner, Move move) {
  return {ProblemCode::status, std::string(code_of(partner.status)),
          refusal(partner.id.str(), partner.status, move), "", 0};
}

Problem rule_refuses(const Partner& partner, const std::string& why, const std::string& column) {
  return {ProblemCode::rule, partner.id.str(), why, column, 0};
}

Problem too_early(const std::string& column, Date given, std::string_view other_name, Date other) {
  return {ProblemCode::date, given.str(),
          fmt::format("{} is before {} ({})", given.str(), other_name, other.str()), column, 0};
}

}  // namespace covenant
