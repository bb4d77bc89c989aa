#pragma once

#include <optional>
#include <string>

#include "core/model/date.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// A note that somebody added to a partner.
struct PartnerNote {
  Date on;
  std::string actor;
  std::optional<Remark> text;  ///< absent once it is erased
};

}  // namespace covenant
