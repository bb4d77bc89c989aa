#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace covenant {

/// A partner's number, from 1; assigned by the registry, never reused, never changed.
class PartnerId {
 public:
  explicit constexpr PartnerId(std::int64_t number) : number_(number) {}

  /// Reads "AP-0031", "AP-31" (either case) or "31"; nothing when the text is not like an id.
  static std::optional<PartnerId> parse(std::string_view text);

  std::int64_t number() const { return number_; }
  /// "AP-" and the number in at least four digits.
  std::string str() const;
  friend auto operator<=>(const PartnerId&, const PartnerId&) = default;

 private:
  std::int64_t number_;
};

}  // namespace covenant
