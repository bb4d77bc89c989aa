#include "core/model/date.hpp"

#include <fmt/format.h>

#include <optional>

#include "core/model/text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::optional<int> digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

Problem not_a_date(std::string_view text) {
  return {ProblemCode::date, std::string(text),
          fmt::format("'{}' is not a day of the calendar, YYYY-MM-DD", for_terminal(text)), "", 0};
}

}  // namespace

Result<Date> Date::parse(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (inner.size() != 10 || inner[4] != '-' || inner[7] != '-') return not_a_date(text);
  const auto year = digits(inner.substr(0, 4));
  const auto month = digits(inner.substr(5, 2));
  const auto day = digits(inner.substr(8, 2));
  if (!year || !month || !day || *year == 0) return not_a_date(text);
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return not_a_date(text);
  return Date(std::chrono::sys_days(date));
}

std::string Date::str() const {
  const std::chrono::year_month_day date(day_);
  std::string text = "0000-00-00";
  const auto write = [&](std::size_t last, unsigned number) {
    for (std::size_t i = last; number > 0; --i, number /= 10) text[i] = static_cast<char>('0' + number % 10);
  };
  write(3, static_cast<unsigned>(static_cast<int>(date.year())));
  write(6, static_cast<unsigned>(date.month()));
  write(9, static_cast<unsigned>(date.day()));
  return text;
}

Result<Date> parse_past_date(std::string_view text, Date today) {
  auto parsed = Date::parse(text);
  if (!parsed || *parsed <= today) return parsed;
  return Problem{ProblemCode::date, std::string(text),
                 fmt::format("{} is in the future; today is {} (UTC)", parsed->str(), today.str()), "", 0};
}

}  // namespace covenant
