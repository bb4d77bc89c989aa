#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace covenant {

/// A day of the proleptic Gregorian calendar, years 1 to 9999.
/// Source: ISO 8601-1:2019 section 5.2.2.1, extended format.
class Date {
 public:
  /// Reads YYYY-MM-DD. Fails with `date`.
  static Result<Date> parse(std::string_view text);
  /// The date that a text is, if it is YYYY-MM-DD and nothing else.
  static std::optional<Date> exactly(std::string_view text);
  static Date of(std::chrono::sys_days day) { return Date(day); }

  std::chrono::sys_days days() const { return day_; }
  std::string str() const;
  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  explicit Date(std::chrono::sys_days day) : day_(day) {}

  std::chrono::sys_days day_;
};

/// Reads a day that is not after `today`. Fails with `date`.
Result<Date> parse_past_date(std::string_view text, Date today);

}  // namespace covenant
