#pragma once

#include <cstdint>
#include <string>

namespace covenant {

/// A sealed value, named by the event that set it.
struct SealedName {
  std::int64_t seq;
  std::string field;  ///< "contact" or "signed_by"

  friend auto operator<=>(const SealedName&, const SealedName&) = default;
};

}  // namespace covenant
