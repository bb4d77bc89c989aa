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
enum class Due { verification, commitment, confirmation };

template <>
struct Codes<Due> {
  static constexpr std::array<std::string_view, 3> codes = {"verification", "commitment", "confirmation"};
};

/// How long a listed partner stays confirmed by its approval.
inline constexpr int confirmed_for_years = 2;

/// A partner and what it needs.
struct DueItem {
  PartnerId partner;
  Name name;
  Due what;
  Date since;  ///< since when it is due
};

/// Applications not verified, eligible partners whose commitment has not come, and listed partners that
/// nobody confirmed for `confirmed_for_years` by the end of `until`; the longest due first.
void for_each_due(Read& read, Date until, const std::function<void(const DueItem&)>& visit);

}  // namespace covenant
