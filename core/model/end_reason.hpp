#pragma once

#include <array>
#include <string_view>

#include "core/base/code.hpp"

namespace covenant {

/// Why the Commission ended a partnership. Source: product.md section 3.
enum class EndReason {
  commission_decision,
  no_longer_eligible,
  commitments_not_met,
  inactive,
  ceased,
  merged,
  entered_in_error,
};

template <>
struct Codes<EndReason> {
  static constexpr std::array<std::string_view, 7> codes = {
      "commission-decision", "no-longer-eligible", "commitments-not-met", "inactive", "ceased", "merged",
      "entered-in-error"};
};

}  // namespace covenant
