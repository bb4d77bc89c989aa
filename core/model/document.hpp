#pragma once

#include <cstdint>
#include <string>

#include "core/model/text.hpp"

namespace covenant {

/// What is known of a stored commitment file, its bytes aside.
struct Document {
  FileName name;
  std::string type;    ///< media type ("application/pdf")
  std::uint64_t size;  ///< in bytes, at most `largest_document`
  std::string sha256;  ///< of the bytes, 64 lower-case hexadecimal digits

  friend bool operator==(const Document&, const Document&) = default;
};

inline constexpr std::uint64_t largest_document = 25ULL * 1024 * 1024;

}  // namespace covenant
