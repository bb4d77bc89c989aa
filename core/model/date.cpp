#include "core/model/date.hpp"

#include <fmt/format.h>

#include <optional>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::optional<int> digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// The date that DD/MM/YYYY, DD.MM.YYYY or DD-MM-YYYY is, where the day cannot be the month.
std::optional<Date> day_first(std::string_view text) {
  if (text.size() != 10 || text[2] != text[5]) return std::nullopt;
  if (std::string_view("/.-").find(text[2]) == std::string_view::npos) return std::nullopt;
  if (digits(text.substr(0, 2)).value_or(0) <= 12) return std::nullopt;
  const auto date =
      Date::parse(fmt::format("{}-{}-{}", text.substr(6), text.substr(3, 2), text.substr(0, 2)));
  return date ? std::optional(*date) : std::nullopt;
}

Problem not_a_date(std::string_view text) {
  const auto meant = day_first(trimmed(text));
  return Problem::of(ProblemCode::date, text,
                     fmt::format("'{}' is not a date; {}", revealed(text),
                                 meant ? fmt::format("did you mean {}?", meant->str())
                                       : std::string("write a day of the calendar as YYYY-MM-DD")));
}

}  // namespace

std::optional<Date> Date::exactly(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Date(std::chrono::sys_days(date));
}

Result<Date> Date::parse(std::string_view text) {
  if (const auto date = exactly(trimmed(text))) return *date;
  return not_a_date(text);
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

Result<DayWord> DayWord::parse(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (inner == "today") return DayWord(std::nullopt, 0);
  if (inner == "yesterday") return DayWord(std::nullopt, 1);
  const auto date = Date::parse(text);
  if (!date) return date.problem();
  return DayWord(*date, 0);
}

Result<Date> parse_past_date(std::string_view text, Date today) {
  const auto word = DayWord::parse(text);
  if (!word) return word.problem();
  const Date day = word->on(today);
  if (day <= today) return day;
  return Problem::of(ProblemCode::date, text,
                     fmt::format("{} is in the future; today is {} (in UTC, unless office.timezone is set)",
                                 day.str(), today.str()));
}

std::optional<Problem> find_before_launch(Date day) {
  if (day >= first_day) return std::nullopt;
  return Problem::of(
      ProblemCode::date, day.str(),
      fmt::format("{} is before {}, when the Covenant was launched", day.str(), first_day.str()));
}

}  // namespace covenant
