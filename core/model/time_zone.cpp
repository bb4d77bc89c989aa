#include "core/model/time_zone.hpp"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <chrono>
#include <memory>

#include "core/base/error.hpp"
#include "core/model/text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::unique_ptr<icu::TimeZone> zone_of(std::string_view name) {
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())))));
}

}  // namespace

Result<TimeZone> TimeZone::parse(std::string_view text) {
  const std::string_view name = trimmed(text);
  if (name == "Etc/Unknown" || *zone_of(name) == icu::TimeZone::getUnknown()) {
    return Problem::of(
        ProblemCode::choice, text,
        fmt::format("{} is not a time zone; write one like 'Europe/Brussels'", revealed_in_quotes(name)));
  }
  return TimeZone(std::string(name));
}

Date TimeZone::day_at(Instant moment) const {
  const auto since_epoch = moment.time().time_since_epoch().count();
  int32_t raw = 0;
  int32_t summer = 0;
  UErrorCode error = U_ZERO_ERROR;
  zone_of(name_)->getOffset(static_cast<UDate>(since_epoch), 0, raw, summer, error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no data of time zones");
  return Date::of(
      std::chrono::floor<std::chrono::days>(moment.time() + std::chrono::milliseconds(raw + summer)));
}

}  // namespace covenant
