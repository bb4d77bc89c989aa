#pragma once

#include <array>
#include <functional>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/date.hpp"
#include "core/model/partner.hpp"
#include "core/model/text.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What needs attention. Source: covenant-due(1).
enum class Due { verification, commitment, renewal, eligibility };

template <>
struct Codes<Due> {
  static constexpr std::array<std::string_view, 4> codes = {"verification", "commitment", "renewal",
                                                            "eligibility"};
};

/// How long a listed partner's joining or renewal counts.
inline constexpr int confirmed_for_days = 730;

/// A partner and what it needs.
struct DueItem {
  PartnerId partner;
  Name name;
  Due what;
  Date since;  ///< since when it is due
};

/// Applications not verified, eligible partners whose commitment has not come, listed partners that did not
/// confirm their commitment for `confirmed_for_days` by the end of `until`, and those that failed a re-check;
/// the longest due first.
void for_each_due(Read& read, Date until, const std::function<void(const DueItem&)>& visit);

}  // namespace covenant
