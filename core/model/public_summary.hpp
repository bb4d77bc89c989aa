#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"

namespace covenant {

/// What is known of a public list before its first row.
struct PublicSummary {
  std::int64_t count = 0;                     ///< partners
  std::array<std::int64_t, 4> by_category{};  ///< in the order of `Category`; a partner counts in each
  std::vector<std::pair<Country, std::int64_t>> by_country;  ///< those present, by code
  std::optional<Date> modified;  ///< the last change shown; nothing on an empty registry
};

}  // namespace covenant
