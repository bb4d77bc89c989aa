#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"
#include "core/model/date.hpp"
#include "core/model/instant.hpp"

namespace covenant {

/// A zone of the IANA time zone database ("Europe/Brussels").
class TimeZone {
 public:
  /// Reads the name of a zone, in any case. Fails with `choice`.
  static Result<TimeZone> parse(std::string_view text);

  /// The day that it is there at that moment.
  Date day_at(Instant moment) const;
  const std::string& str() const { return name_; }

 private:
  explicit TimeZone(std::string name) : name_(std::move(name)) {}

  std::string name_;
};

}  // namespace covenant
