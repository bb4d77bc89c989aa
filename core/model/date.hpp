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
  /// YYYY-MM-DD of a day that is written with its day first ("31/12/2025", "1.2.2026"), with other separators
  /// or none, or with midnight behind it; nothing where it is not clear which number is the day, as in
  /// "01/02/2026".
  static std::optional<std::string> suggest(std::string_view text);
  static constexpr Date of(std::chrono::sys_days day) { return Date(day); }

  std::chrono::sys_days days() const { return day_; }
  std::string str() const;
  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  constexpr explicit Date(std::chrono::sys_days day) : day_(day) {}

  std::chrono::sys_days day_;
};

/// A day that an option or a field names: YYYY-MM-DD, or "today" or "yesterday", which depend on the clock.
class DayWord {
 public:
  /// Fails with `date`.
  static Result<DayWord> parse(std::string_view text);

  Date on(Date today) const { return date_ ? *date_ : Date::of(today.days() - std::chrono::days(before_)); }

 private:
  DayWord(std::optional<Date> date, int before) : date_(date), before_(before) {}

  std::optional<Date> date_;
  int before_;  ///< days before today, where no date is named
};

/// The day that is named, if one is.
inline std::optional<Date> on(const std::optional<DayWord>& word, Date today) {
  return word ? std::optional(word->on(today)) : std::nullopt;
}

/// The same of a day that is not after `today`, which the option names. @throws Error{bad_input}
std::optional<Date> past_day(std::string_view option, const std::optional<DayWord>& word, Date today);

/// The Covenant of Mayors was launched in this month: nothing that the scheme knows of is earlier.
inline constexpr Date first_day = Date::of(std::chrono::sys_days(std::chrono::January / 1 / 2008));

/// Reads a day, by its date or its word, that is not after `today`. Fails with `date`.
Result<Date> parse_past_date(std::string_view text, Date today);

/// The problem `date`, where a day is before `first_day`.
std::optional<Problem> find_before_launch(Date day);

}  // namespace covenant
