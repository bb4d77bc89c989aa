#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// The problem `status`: the lifecycle does not let this partner make that move.
Problem illegal_move(const Partner& partner, Move move);

/// The problem `rule`: another rule of the scheme refuses. `column` is the option that could mend it, or
/// empty.
Problem rule_refuses(const Partner& partner, const std::string& why, const std::string& column);

/// The problem `date` on a day that is before another one.
Problem too_early(const std::string& column, Date given, std::string_view other_name, Date other);

}  // namespace covenant
