#include "core/site/locale.hpp"

#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/numfmt.h>
#include <unicode/timezone.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "core/base/error.hpp"
#include "core/site/country_name.hpp"
#include "core/text/byte_block.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// Plain "en" would write dates the American way.
icu::Locale icu_locale(OfficialLanguage language) {
  if (language == OfficialLanguage::en) return {"en", "IE"};
  return {std::string(published_tag(language)).c_str()};
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

void check(UErrorCode error) {
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, std::string("ICU: ") + u_errorName(error));
}

/// The number of a day in a date. The first is an ordinal in French, Italian and Greek: "1er février".
std::string day_number(OfficialLanguage language, unsigned day) {
  std::string number = std::to_string(day);
  if (day != 1) return number;
  if (language == OfficialLanguage::fr) number += "er";
  if (language == OfficialLanguage::it) number += "º";
  if (language == OfficialLanguage::el) number += "η";
  return number;
}

// A day is written many times for each language, and all days of a month alike but for their numbers: so ICU
// writes one of each month, and its numbers are put in place of those.
constexpr int model_year = 2345;
constexpr int model_day = 16;

using Months = std::array<std::string, 12>;

void write_months(OfficialLanguage language, Months& months) {
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createDateInstance(icu::DateFormat::kLong, icu_locale(language)));
  if (!format) throw Error(ErrorKind::fault, "ICU: no date format");
  format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  for (std::size_t i = 0; i < months.size(); ++i) {
    const std::chrono::sys_days day = std::chrono::year(model_year) /
                                      std::chrono::month(static_cast<unsigned>(i + 1)) /
                                      std::chrono::day(model_day);
    const std::chrono::duration<double, std::milli> since_epoch = day.time_since_epoch();
    icu::UnicodeString text;
    months.at(i) = to_utf8(format->format(UDate{since_epoch.count()}, text));
  }
}

const Months& months_of(OfficialLanguage language) {
  static std::array<Months, official_language_count> known;
  Months& months = known[static_cast<std::size_t>(language)];
  if (months.front().empty()) write_months(language, months);
  return months;
}

/// Opened once for all pages in a language.
const icu::NumberFormat& number_format(OfficialLanguage language) {
  static std::array<std::unique_ptr<icu::NumberFormat>, official_language_count> known;
  auto& format = known[static_cast<std::size_t>(language)];
  if (!format) {
    UErrorCode error = U_ZERO_ERROR;
    format.reset(icu::NumberFormat::createInstance(icu_locale(language), error));
    check(error);
  }
  return *format;
}

void put(std::string& text, int model, const std::string& number) {
  const std::string digits = std::to_string(model);
  text.replace(text.find(digits), digits.size(), number);
}

/// The unit, with the space before it. ICU's own units of measurement would be a megabyte of the program.
/// Source: CLDR 42, the short forms of digital-kilobyte and digital-megabyte.
std::string byte_unit(OfficialLanguage language, char prefix) {
  if (language == OfficialLanguage::fi) return {' ', prefix, 't'};
  if (language == OfficialLanguage::fr) return std::string("\u202F") + prefix + 'o';
  return {' ', prefix, 'B'};
}

struct Block {
  char32_t first;
  char32_t last;
};

constexpr std::array<Block, 5> right_to_left_blocks = {
    {{0x0590, 0x08FF}, {0xFB1D, 0xFDFF}, {0xFE70, 0xFEFE}, {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF}}};

/// Whether a byte, or any of a block, may be the first of a character in those blocks.
template <class Bytes>
auto may_lead_right_to_left(const Bytes& lead) {
  return ((lead >= 0xD6) & (lead <= 0xE0)) | (lead == 0xEF) | (lead == 0xF0);
}

}  // namespace

struct Locale::State {
  State(OfficialLanguage of, KosovoName name) : language(of), kosovo(name), locale(icu_locale(of)) {}

  std::string format(const Date& date) const {
    const std::chrono::year_month_day day(date.days());
    std::string text = months_of(language).at(static_cast<unsigned>(day.month()) - 1);
    put(text, model_day, day_number(language, static_cast<unsigned>(day.day())));
    put(text, model_year, std::to_string(static_cast<int>(day.year())));
    return text;
  }

  OfficialLanguage language;
  KosovoName kosovo;
  icu::Locale locale;
  std::unordered_map<std::string, std::string> countries;
  std::unordered_map<std::chrono::sys_days::rep, std::string> days;
};

Locale::Locale(OfficialLanguage language, KosovoName kosovo)
    : state_(std::make_unique<State>(language, kosovo)) {}

Locale::~Locale() = default;

std::string_view Locale::country_name(const Country& country) {
  const auto [place, is_new] = state_->countries.try_emplace(std::string(country.code()));
  if (is_new) {
    place->second = covenant::country_name(state_->language, country);
    if (country.is_kosovo() && state_->kosovo == KosovoName::with_footnote) place->second += '*';
  }
  return place->second;
}

std::string_view Locale::long_date(const Date& date) {
  const auto [place, is_new] = state_->days.try_emplace(date.days().time_since_epoch().count());
  if (is_new) place->second = state_->format(date);
  return place->second;
}

std::string Locale::number(std::uint64_t number) {
  icu::UnicodeString text;
  return to_utf8(number_format(state_->language).format(static_cast<std::int64_t>(number), text));
}

std::string Locale::file_size(std::uint64_t bytes) {
  constexpr double kilobyte = 1000;
  constexpr double megabyte = 1000 * kilobyte;
  const auto size = static_cast<double>(bytes);
  const bool is_large = size >= megabyte;
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString number =
      icu::number::NumberFormatter::withLocale(state_->locale)
          .precision(icu::number::Precision::maxSignificantDigits(2))
          .formatDouble(std::max(size, kilobyte) / (is_large ? megabyte : kilobyte), error)
          .toString(error);
  check(error);
  return to_utf8(number) + byte_unit(state_->language, is_large ? 'M' : 'k');
}

std::string_view own_name(OfficialLanguage language) {
  constexpr std::array<std::string_view, official_language_count> names = {
      "български", "čeština",    "dansk",   "Deutsch",   "ελληνικά", "English",    "español",     "eesti",
      "suomi",     "français",   "Gaeilge", "hrvatski",  "magyar",   "italiano",   "lietuvių",    "latviešu",
      "Malti",     "Nederlands", "polski",  "português", "română",   "slovenčina", "slovenščina", "svenska"};
  return names[static_cast<std::size_t>(language)];
}

std::string authority_code(OfficialLanguage language) {
  std::string code = icu::Locale(std::string(code_of(language)).c_str()).getISO3Language();
  for (char& letter : code) letter = static_cast<char>(letter - 'a' + 'A');
  return code;
}

bool is_right_to_left(const LanguageTag& language) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(language.str(), error);
  check(error);
  return locale.isRightToLeft() != 0;
}

bool has_right_to_left(std::string_view text) {
  std::size_t i = pass_blocks(text, 0, [](const auto& block) { return may_lead_right_to_left(block); });
  while (i < text.size() && !may_lead_right_to_left(static_cast<unsigned char>(text[i]))) ++i;
  text.remove_prefix(i);
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    for (const Block& block : right_to_left_blocks) {
      if (point >= block.first && point <= block.last) return true;
    }
  }
  return false;
}

}  // namespace covenant
