#include "core/model/instant.hpp"

#include <fmt/format.h>

#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::string_view pattern = "0000-00-00T00:00:00.000Z";

bool has_shape(std::string_view text) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (pattern[i] == '0' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
  }
  return true;
}

int digits(std::string_view text) {
  int number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

Problem not_a_moment(std::string_view text) {
  return Problem::of(ProblemCode::date, text,
                     fmt::format("{} is not a time; write it as YYYY-MM-DDThh:mm:ss.sssZ", in_quotes(text)));
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
  if (!has_shape(text)) return not_a_moment(text);
  const auto date = Date::parse(text.substr(0, 10));
  const int hour = digits(text.substr(11, 2));
  const int minute = digits(text.substr(14, 2));
  const int second = digits(text.substr(17, 2));
  if (!date || hour > 23 || minute > 59 || second > 59) return not_a_moment(text);
  using namespace std::chrono;
  return Instant(Milliseconds(date->days()) + hours(hour) + minutes(minute) + seconds(second) +
                 milliseconds(digits(text.substr(20, 3))));
}

std::string Instant::str() const {
  using namespace std::chrono;
  const hh_mm_ss time(moment_ - floor<days>(moment_));
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", date().str(), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

Date Instant::date() const {
  return Date::of(std::chrono::floor<std::chrono::days>(moment_));
}

}  // namespace covenant
