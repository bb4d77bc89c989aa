#include "core/model/date.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "core/base/error.hpp"
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

/// The numbers of a text that three numbers make, with that separator between them.
std::optional<std::array<std::string_view, 3>> three_numbers(std::string_view text, char separator) {
  std::array<std::string_view, 3> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = text.find(separator);
    if ((end == std::string_view::npos) != (i == 2)) return std::nullopt;
    parts.at(i) = text.substr(0, end);
    if (parts.at(i).empty() || parts.at(i).size() > 4 || !digits(parts.at(i))) return std::nullopt;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

/// YYYY-MM-DD of what may lack leading zeros; nothing when it is no day.
std::optional<std::string> in_form(std::string_view year, std::string_view month, std::string_view day) {
  if (year.size() != 4 || month.size() > 2 || day.size() > 2) return std::nullopt;
  std::string date = fmt::format("{}-{:0>2}-{:0>2}", year, month, day);
  return Date::exactly(date) ? std::optional(std::move(date)) : std::nullopt;
}

/// The two days that a text may be whose day and month are both up to 12, and are set apart by slashes.
std::optional<std::pair<std::string, std::string>> either_day(std::string_view text) {
  const auto parts = three_numbers(trimmed(text), '/');
  if (!parts) return std::nullopt;
  const auto day_first = in_form((*parts)[2], (*parts)[1], (*parts)[0]);
  const auto month_first = in_form((*parts)[2], (*parts)[0], (*parts)[1]);
  if (!day_first || !month_first || *day_first == *month_first) return std::nullopt;
  return std::pair(*day_first, *month_first);
}

/// The day that a spreadsheet stores as that number, when it is one since the launch: days are counted from
/// 1899-12-30. It is a guess, since some count from 1904.
std::optional<std::string> day_of_spreadsheet(std::string_view text) {
  constexpr std::chrono::sys_days origin = std::chrono::year(1899) / 12 / 30;
  constexpr std::chrono::sys_days end = std::chrono::year(2100) / 1 / 1;
  if (text.ends_with(".0")) text.remove_suffix(2);
  const auto number = text.size() == 5 ? digits(text) : std::nullopt;
  if (!number) return std::nullopt;
  const std::chrono::sys_days day = origin + std::chrono::days(*number);
  return day >= first_day.days() && day < end ? std::optional(Date::of(day).str()) : std::nullopt;
}

/// The day that a text begins with whose time is midnight: "2025-12-31T00:00:00".
std::optional<std::string> before_midnight(std::string_view text) {
  constexpr std::size_t size = 10;
  const auto date = Date::exactly(text.substr(0, size));
  if (!date || text.size() <= size || (text[size] != 'T' && text[size] != ' ')) return std::nullopt;
  const std::string_view time = text.substr(size + 1);
  const bool is_midnight =
      time.starts_with("00:00") && time.find_first_not_of("0:.Z") == std::string_view::npos;
  return is_midnight ? std::optional(date->str()) : std::nullopt;
}

std::string way_out(std::string_view text) {
  if (const auto day = day_of_spreadsheet(trimmed(text))) return fmt::format("did you mean {}?", *day);
  if (const auto meant = Date::suggest(text)) return fmt::format("did you mean {}?", *meant);
  if (const auto days = either_day(text))
    return fmt::format("did you mean {} or {}?", days->first, days->second);
  return "write a day of the calendar as YYYY-MM-DD";
}

Problem not_a_date(std::string_view text) {
  return Problem::of(ProblemCode::date, text,
                     fmt::format("{} is not a date; {}", revealed_in_quotes(text), way_out(text)));
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

std::optional<std::string> Date::suggest(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (either_day(inner)) return std::nullopt;
  for (const char separator : {'/', '.', '-'}) {
    const auto parts = three_numbers(inner, separator);
    if (!parts) continue;
    const auto& [first, second, third] = *parts;
    if (auto date = in_form(first, second, third)) return date;
    if (auto date = in_form(third, second, first)) return date;
    return separator == '/' ? in_form(third, first, second) : std::nullopt;
  }
  if (inner.size() == 8 && digits(inner))
    return in_form(inner.substr(0, 4), inner.substr(4, 2), inner.substr(6));
  return before_midnight(inner);
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

std::optional<Date> past_day(std::string_view option, const std::optional<DayWord>& word, Date today) {
  const auto day = on(word, today);
  if (day && *day > today) {
    throw Error(ErrorKind::bad_input,
                fmt::format("{}: {} is in the future; today is {}", option, day->str(), today.str()));
  }
  return day;
}

}  // namespace covenant
