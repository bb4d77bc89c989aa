#pragma once

#include <span>
#include <string_view>

#include "core/model/status.hpp"

namespace covenant {

/// A partner as a list has it: the columns that were asked for, in that order, as CSV has them; empty where
/// they are absent. The views hold until the next row.
struct ListedRow {
  Status status;
  std::span<const std::string_view> texts;
};

}  // namespace covenant
