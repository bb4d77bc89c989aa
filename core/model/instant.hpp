#pragma once

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/date.hpp"

namespace covenant {

/// A moment in UTC, to the millisecond.
/// Source: RFC 3339, always written with three decimals and 'Z' ("2026-11-23T09:52:00.000Z").
class Instant {
 public:
  using Milliseconds = std::chrono::sys_time<std::chrono::milliseconds>;

  static Instant of(Milliseconds moment) { return Instant(moment); }
  /// Reads exactly the form that `str` writes. Fails with `date`.
  static Result<Instant> parse(std::string_view text);

  std::string str() const;
  Milliseconds time() const { return moment_; }
  /// The day, in UTC.
  Date date() const;
  friend auto operator<=>(const Instant&, const Instant&) = default;
  /// How much later the left one is.
  friend std::chrono::milliseconds operator-(const Instant& later, const Instant& earlier) {
    return later.moment_ - earlier.moment_;
  }

 private:
  explicit Instant(Milliseconds moment) : moment_(moment) {}

  Milliseconds moment_;
};

}  // namespace covenant
