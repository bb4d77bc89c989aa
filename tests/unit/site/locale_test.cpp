#include "core/site/locale.hpp"

#include <doctest/doctest.h>
#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "core/site/country_name.hpp"

using namespace covenant;

namespace {

Date day(std::string_view text) {
  return *Date::parse(text);
}

}  // namespace

TEST_CASE("dates are written out as the language does") {
  CHECK(Locale(OfficialLanguage::en).long_date(day("2012-03-26")) == "26 March 2012");
  CHECK(Locale(OfficialLanguage::lv).long_date(day("2012-03-26")) == "2012. gada 26. marts");
  CHECK(Locale(OfficialLanguage::en).long_date(day("1969-12-31")) == "31 December 1969");
}

TEST_CASE("each day of two years is written as ICU writes it, but for the first of a month") {
  for (std::size_t i = 0; i < official_language_count; ++i) {
    const auto language = static_cast<OfficialLanguage>(i);
    const std::string tag = language == OfficialLanguage::en   ? "en-IE"
                            : language == OfficialLanguage::pt ? "pt-PT"
                                                               : std::string(code_of(language));
    const std::unique_ptr<icu::DateFormat> format(
        icu::DateFormat::createDateInstance(icu::DateFormat::kLong, icu::Locale(tag.c_str())));
    format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
    Locale locale(language);
    for (Date date = day("2019-12-31"); date < day("2022-01-01");
         date = Date::of(date.days() + std::chrono::days(1))) {
      if (date.str().ends_with("-01")) continue;
      const std::chrono::duration<double, std::milli> since_epoch = date.days().time_since_epoch();
      icu::UnicodeString wide;
      std::string text;
      format->format(UDate{since_epoch.count()}, wide).toUTF8String(text);
      CHECK(locale.long_date(date) == text);
    }
  }
}

TEST_CASE("countries have the language's names") {
  Locale locale(OfficialLanguage::lv);
  CHECK(locale.country_name(*Country::parse("LV")) == "Latvija");
  CHECK(locale.country_name(*Country::parse("EL")) == "Grieķija");
  CHECK(Locale(OfficialLanguage::en).country_name(*Country::parse("XK")) == "Kosovo");
}

TEST_CASE("the name of Kosovo has an asterisk where a footnote is wanted") {
  Locale locale(OfficialLanguage::lv, KosovoName::with_footnote);
  CHECK(locale.country_name(*Country::parse("XK")) == "Kosova*");
  CHECK(locale.country_name(*Country::parse("RS")) == "Serbija");
}

TEST_CASE("sizes of files are rounded and have the language's units") {
  Locale english(OfficialLanguage::en);
  CHECK(english.file_size(1) == "1 kB");
  CHECK(english.file_size(45'169) == "45 kB");
  CHECK(english.file_size(238'012) == "240 kB");
  CHECK(english.file_size(999'999) == "1,000 kB");
  CHECK(english.file_size(4'941'459) == "4.9 MB");
  CHECK(Locale(OfficialLanguage::fr).file_size(4'941'459) == "4,9\u202fMo");
  CHECK(Locale(OfficialLanguage::fi).file_size(45'169) == "45 kt");
}

TEST_CASE("numbers are grouped as the language does") {
  CHECK(Locale(OfficialLanguage::en).number(12345) == "12,345");
  CHECK(Locale(OfficialLanguage::lv).number(12345) == "12\u00a0345");
}

TEST_CASE("languages are called by their own names") {
  CHECK(own_name(OfficialLanguage::lv) == "latviešu");
  CHECK(own_name(OfficialLanguage::en) == "English");
  CHECK(own_name(OfficialLanguage::el) == "ελληνικά");
  CHECK(own_name(OfficialLanguage::sl) == "slovenščina");
}

TEST_CASE("languages are ordered by their own names") {
  CHECK(by_own_name.front() == OfficialLanguage::bg);
  CHECK(by_own_name.back() == OfficialLanguage::sv);
  std::array<OfficialLanguage, official_language_count> each = by_own_name;
  std::sort(each.begin(), each.end());
  for (std::size_t i = 0; i < each.size(); ++i) CHECK(each[i] == static_cast<OfficialLanguage>(i));
}

TEST_CASE("countries have the names that the European Union uses") {
  const auto name = [](OfficialLanguage language, const char* code) {
    return std::string(Locale(language).country_name(*Country::parse(code)));
  };
  CHECK(name(OfficialLanguage::en, "TR") == "Türkiye");
  CHECK(name(OfficialLanguage::en, "BA") == "Bosnia and Herzegovina");
  CHECK(name(OfficialLanguage::en, "KN") == "Saint Kitts and Nevis");
  CHECK(name(OfficialLanguage::en, "UK") == "United Kingdom");
  CHECK(name(OfficialLanguage::pl, "NL") == "Niderlandy");
  CHECK(name(OfficialLanguage::sv, "UK") == "Förenade kungariket");
  CHECK(name(OfficialLanguage::el, "BA") == "Βοσνία-Ερζεγοβίνη");
  CHECK(name(OfficialLanguage::et, "LV") == "Läti");
}

TEST_CASE("countries are sorted without their article") {
  const auto sorted = [](OfficialLanguage language, const char* code) {
    return without_article(language, country_name(language, *Country::parse(code)));
  };
  using enum OfficialLanguage;
  CHECK(sorted(ga, "CZ") == "Seicia");
  CHECK(sorted(ga, "BE") == "Beilg");
  CHECK(sorted(ga, "EE") == "Eastóin");
  CHECK(sorted(ga, "IE") == "Éire");
  CHECK(sorted(mt, "CZ") == "Ċekja");
  CHECK(sorted(mt, "DK") == "Danimarka");
  CHECK(sorted(mt, "AT") == "Awstrija");
  CHECK(sorted(mt, "GW") == "Guinea-Bissau");
  CHECK(sorted(mt, "ES") == "Spanja");
  CHECK(sorted(en, "CI") == country_name(en, *Country::parse("CI")));
}

TEST_CASE("Portuguese is that of Portugal") {
  const auto name = [](const char* code) {
    return std::string(Locale(OfficialLanguage::pt).country_name(*Country::parse(code)));
  };
  CHECK(name("EE") == "Estónia");
  CHECK(name("PL") == "Polónia");
  CHECK(name("CZ") == "Chéquia");
  CHECK(published_tag(OfficialLanguage::pt) == "pt-PT");
  CHECK(published_tag(OfficialLanguage::lv) == "lv");
}

TEST_CASE("no two countries have one name in any language") {
  for (std::size_t i = 0; i < official_language_count; ++i) {
    const auto language = static_cast<OfficialLanguage>(i);
    std::set<std::string> names;
    std::size_t countries = 0;
    for (const char first : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
      for (const char second : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        const auto country = Country::parse(std::string{first, second});
        if (!country || country->code() != std::string{first, second}) continue;
        const std::string name = country_name(language, *country);
        CAPTURE(code_of(language));
        CAPTURE(country->code());
        CHECK(name != country->code());
        names.insert(name);
        ++countries;
      }
    }
    CHECK(names.size() == countries);
    CHECK(countries > 240);
  }
}

TEST_CASE("the first of a month is an ordinal where the language writes one") {
  CHECK(Locale(OfficialLanguage::fr).long_date(day("2021-02-01")) == "1er février 2021");
  CHECK(Locale(OfficialLanguage::it).long_date(day("2021-02-01")) == "1º febbraio 2021");
  CHECK(Locale(OfficialLanguage::el).long_date(day("2021-02-01")) == "1η Φεβρουαρίου 2021");
  CHECK(Locale(OfficialLanguage::fr).long_date(day("2021-02-11")) == "11 février 2021");
  CHECK(Locale(OfficialLanguage::es).long_date(day("2021-02-01")) == "1 de febrero de 2021");
}

TEST_CASE("a language knows which way it runs") {
  for (const char* tag : {"ar", "he", "fa", "ur"}) CHECK(is_right_to_left(*LanguageTag::parse(tag)));
  for (const char* tag : {"en", "lv", "az-Latn", "el"})
    CHECK_FALSE(is_right_to_left(*LanguageTag::parse(tag)));
}

TEST_CASE("letters written from right to left are found, and only they") {
  const std::string before = "A text that is longer than a block, ";
  for (const std::string letter : {"\u0590", "\u05D0", "\u0627", "\u07CA", "\u0800", "\u08FF", "\uFB1D",
                                   "\uFDFF", "\uFE70", "\U00010800", "\U00010FFF", "\U0001E900"}) {
    CAPTURE(letter);
    CHECK(has_right_to_left(letter));
    CHECK(has_right_to_left(before + letter));
    CHECK(has_right_to_left(letter + before));
  }
  for (const std::string letter : {"", "a", "エネルギー", "\uFEFF", "\u00E9", "\u0416", "\u058F", "\u0905",
                                   "\u2013", "\u20AC", "\uFB00", "\uFF21", "\U0001F600", "\U00011000"}) {
    CAPTURE(letter);
    CHECK_FALSE(has_right_to_left(letter));
    CHECK_FALSE(has_right_to_left((before + letter).append(before)));
  }
}

TEST_CASE("languages have the codes of the authority table") {
  std::string codes;
  for (std::size_t i = 0; i < official_language_count; ++i)
    codes.append(codes.empty() ? "" : " ").append(authority_code(static_cast<OfficialLanguage>(i)));
  CHECK(codes ==
        "BUL CES DAN DEU ELL ENG SPA EST FIN FRA GLE HRV HUN ITA LIT LAV MLT NLD POL POR RON SLK SLV SWE");
}
