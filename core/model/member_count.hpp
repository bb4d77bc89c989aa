#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/result.hpp"

namespace covenant {

/// How many members an organisation has: 0 to 10,000,000.
class MemberCount {
 public:
  /// Reads decimal digits. Fails with `number`.
  static Result<MemberCount> parse(std::string_view text);

  std::int64_t number() const { return number_; }
  friend bool operator==(const MemberCount&, const MemberCount&) = default;

 private:
  explicit MemberCount(std::int64_t number) : number_(number) {}

  std::int64_t number_;
};

}  // namespace covenant
