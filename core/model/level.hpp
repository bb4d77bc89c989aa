#pragma once

#include <array>
#include <string_view>

#include "core/base/code.hpp"

namespace covenant {

/// The reach of an organisation; the scheme asks for one of the first two.
enum class Level { european, international, national, local };

template <>
struct Codes<Level> {
  static constexpr std::array<std::string_view, 4> codes = {"european", "international", "national", "local"};
};

/// Whether an organisation says that it is made of members.
enum class MembershipBased { no, yes };

template <>
struct Codes<MembershipBased> {
  static constexpr std::array<std::string_view, 2> codes = {"no", "yes"};
};

}  // namespace covenant
