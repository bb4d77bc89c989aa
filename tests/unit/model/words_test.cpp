// The small value types that are words of a fixed form.
#include <fmt/format.h>

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/criteria.hpp"
#include "core/model/date.hpp"
#include "core/model/email.hpp"
#include "core/model/field_type.hpp"
#include "core/model/instant.hpp"
#include "core/model/language.hpp"
#include "core/model/member_count.hpp"
#include "core/model/partner.hpp"
#include "core/model/phone.hpp"
#include "core/model/reference.hpp"
#include "core/model/time_zone.hpp"
#include "core/text/suggest.hpp"
#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

/// The code of the problem, or nothing when the text is valid. What is refused is named in full.
template <class T>
std::string refused(std::string_view text) {
  const auto parsed = T::parse(text);
  if (parsed) return "";
  CHECK(parsed.problem().value == text);
  CHECK(!parsed.problem().message.empty());
  CHECK(parsed.problem().column.empty());
  return std::string(code_of(parsed.problem().code));
}

template <class T>
std::string message(std::string_view text) {
  const auto parsed = T::parse(text);
  REQUIRE(!parsed);
  return parsed.problem().message;
}

template <class T>
std::string kept(std::string_view text) {
  const auto parsed = T::parse(text);
  REQUIRE_MESSAGE(parsed.ok(), text);
  return parsed->str();
}

}  // namespace

TEST_CASE("the countries are those of ISO 3166-1 and Kosovo") {
  std::ifstream file("/usr/share/iso-codes/json/iso_3166-1.json");
  REQUIRE(file);
  std::set<std::string> codes = {"XK", "EL", "UK"};
  const auto standard = nlohmann::json::parse(file);
  for (const auto& country : standard["3166-1"]) codes.insert(country["alpha_2"].get<std::string>());
  CHECK(codes.size() > 250);
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const std::string code = {first, second};
      CAPTURE(code);
      CHECK(Country::parse(code).ok() == codes.contains(code));
    }
  }
}

TEST_CASE("the EU's own country codes are read as those of the standard") {
  CHECK(Country::parse("EL")->code() == "GR");
  CHECK(Country::parse("UK")->code() == "GB");
  CHECK(Country::parse("LV")->code() == "LV");
}

TEST_CASE("what is no country code is refused, and the code that was meant is suggested") {
  for (const std::string_view text :
       {"", "L", "lv", "Lv", "LVA", "ZZ", "L V", "LV;", "12", "[[", "\xFFV", "Atlantis"})
    CHECK(refused<Country>(text) == "country");
  CHECK(message<Country>("ZZ") == "'ZZ' is not a country code; use the two letters of ISO 3166-1");
  CHECK(message<Country>("LVA") == "'LVA' is not a country code; did you mean 'LV'?");
  for (const std::string_view text : {"lv", "Latvia", "latvia", "LATVIA", "lva"})
    CHECK(message<Country>(text).ends_with("; did you mean 'LV'?"));
  CHECK(message<Country>("el").ends_with("; did you mean 'GR'?"));
  CHECK(message<Country>("\x1b[0m").find('\x1b') == std::string::npos);
}

TEST_CASE("countries are known by their names in every official language, and by old and common ones") {
  const std::pair<std::string_view, std::string_view> names[] = {
      {"Czechia", "CZ"},
      {"Czech Republic", "CZ"},
      {"Türkiye", "TR"},
      {"Turkey", "TR"},
      {"United Kingdom", "GB"},
      {"Great Britain", "GB"},
      {"The Netherlands", "NL"},
      {"Belgique", "BE"},
      {"Deutschland", "DE"},
      {"Côte d'Ivoire", "CI"},
      {"Russian Federation", "RU"},
      {"XI", "GB"},
      {"el", "GR"},
      {"uk", "GB"},
      {"Latvija", "LV"},
      {"Österreich", "AT"},
      {"ÖSTERREICH", "AT"},
      {"Osterreich", "AT"},
      {"Magyarország", "HU"},
      {"Ελλάδα", "GR"},
      {"България", "BG"},
      {"An Ghearmáin", "DE"},
      {"Spanje", "ES"},
      {"lettland", "LV"},
      {"Holland", "NL"},
      {"Macedonia", "MK"},
      {"DD", "DE"},
      {"deu", "DE"},
      {"Bosnia and Herzegovina", "BA"},
      {"Bosnia & Herzegovina", "BA"},
      {"Saint Kitts and Nevis", "KN"},
      {"Saint Vincent and the Grenadines", "VC"},
      {"Falkland Islands (Malvinas)", "FK"},
      {"the Republic of Latvia", "LV"},
      {"Moldova, Republic of", "MD"},
      {"Republic of Korea", "KR"},
      {"Korea, Democratic People's Republic of", "KP"},
      {"United Republic of Tanzania", "TZ"},
      {"Union of the Comoros", "KM"},
      {"Swiss Confederation", "CH"},
      {"State of Palestine", "PS"},
      {"Ġermanja", "DE"},
      {"il-Ġermanja", "DE"},
      {"Kosovo", "XK"}};
  for (const auto& named : names) {
    CAPTURE(named.first);
    CHECK(refused<Country>(named.first) == "country");
    CHECK(Country::suggest(named.first) == named.second);
    CHECK(message<Country>(named.first).ends_with("did you mean '" + std::string(named.second) + "'?"));
  }
  for (const std::string_view text :
       {"AN", "YU", "EU", "Atlantis", "ZZ", "", "Korea", "Congo", "Republic of", "Democratic", "\xFF"}) {
    CAPTURE(text);
    CHECK(!Country::suggest(text));
  }
  CHECK(message<Country>("AN").ends_with("did you mean 'CW', 'SX' or 'BQ'?"));
  CHECK(message<Country>("YU").ends_with("did you mean 'RS' or 'ME'?"));
  CHECK(message<Country>("EU").ends_with("name the country of the seat, such as 'BE'"));
}

TEST_CASE("days of the calendar are read and written") {
  for (const std::string_view text : {"2026-11-23", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) {
    CHECK(kept<Date>(text) == text);
    // A wrong character at every place.
    for (std::size_t place = 0; place < text.size(); ++place) {
      for (const char wrong : {'x', ' ', '-', '/', '\0', '\xFF'}) {
        std::string broken(text);
        if (broken[place] == wrong) continue;
        broken[place] = wrong;
        CAPTURE(broken);
        if (wrong != ' ' || (place > 0 && place + 1 < text.size())) CHECK(refused<Date>(broken) == "date");
      }
    }
  }
  CHECK(kept<Date>(" 2026-11-23\n") == "2026-11-23");
}

TEST_CASE("what is no day is refused") {
  for (const std::string_view text :
       {"", "2026", "2026-11", "2026-11-31", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
        "2026-10-00", "0000-01-01", "-001-01-01", "10000-01-01", "2026-1-1", "20261123", "23.11.2026",
        "11/23/2026", "2026-11-23T00:00:00Z", "2026-W48-1", "２０２６-11-23"}) {
    CAPTURE(text);
    CHECK(refused<Date>(text) == "date");
  }
}

TEST_CASE("a day as a spreadsheet or a program writes it is refused with the day that was meant") {
  CHECK(message<Date>("45658") == "'45658' is not a date; did you mean 2025-01-01?");
  CHECK(message<Date>("39448").ends_with("did you mean 2008-01-01?"));
  CHECK(message<Date>("45658.0").ends_with("did you mean 2025-01-01?"));
  CHECK(message<Date>("20251231").ends_with("did you mean 2025-12-31?"));
  for (const std::string_view text :
       {"2025-12-31T00:00:00", "2025-12-31 00:00:00", "2025-12-31T00:00:00.000Z"})
    CHECK(message<Date>(text).ends_with("did you mean 2025-12-31?"));
  CHECK(!Date::suggest("45658"));
  for (const std::string_view text : {"39447", "4565", "456580", "73051", "20251331", "2025-12-31T10:00:00",
                                      "2025-12-31T", "2025-12-31x00:00", "45658.5"})
    CHECK(message<Date>(text).ends_with("write a day of the calendar as YYYY-MM-DD"));
}

TEST_CASE("a day written as in Europe is refused with the day that was meant, where that is clear") {
  CHECK(message<Date>("31/12/2025") == "'31/12/2025' is not a date; did you mean 2025-12-31?");
  CHECK(message<Date>("13.01.2026") == "'13.01.2026' is not a date; did you mean 2026-01-13?");
  CHECK(message<Date>("1.2.2026") == "'1.2.2026' is not a date; did you mean 2026-02-01?");
  CHECK(message<Date>("05.06.2025").ends_with("did you mean 2025-06-05?"));
  CHECK(message<Date>("2025/12/31").ends_with("did you mean 2025-12-31?"));
  CHECK(message<Date>("2025-1-5").ends_with("did you mean 2025-01-05?"));
  CHECK(message<Date>("12/31/2025").ends_with("did you mean 2025-12-31?"));
  CHECK(message<Date>("12/11/2026").ends_with("did you mean 2026-11-12 or 2026-12-11?"));
  CHECK(!Date::suggest("12/11/2026"));
  CHECK(Date::suggest("11/11/2026") == "2026-11-11");
  for (const std::string_view text : {"31/02/2026", "31/12.2026", "31-12-26", "2026-11-31"}) {
    CHECK(message<Date>(text) ==
          "'" + std::string(text) + "' is not a date; write a day of the calendar as YYYY-MM-DD");
  }
}

TEST_CASE("a day after today is refused where only the past is asked for") {
  const Date today = samples::day("2026-11-23");
  CHECK(parse_past_date("2026-11-23", today).ok());
  CHECK(parse_past_date("1999-01-01", today).ok());
  const auto future = parse_past_date("2026-11-24", today);
  REQUIRE(!future);
  CHECK(future.problem().code == ProblemCode::date);
  CHECK(future.problem().message ==
        "2026-11-24 is in the future; today is 2026-11-23 (in UTC, unless office.timezone is set)");
  CHECK(!parse_past_date("soon", today).ok());
}

TEST_CASE("a day may be named by its word") {
  const Date today = samples::day("2024-03-01");
  CHECK(*parse_past_date("today", today) == today);
  CHECK(*parse_past_date(" yesterday ", today) == samples::day("2024-02-29"));
  CHECK(on(samples::parsed<DayWord>("yesterday"), today) == samples::day("2024-02-29"));
  CHECK(on(samples::parsed<DayWord>("2030-01-01"), today) == samples::day("2030-01-01"));
  CHECK(!on(std::nullopt, today));
  for (const std::string_view text : {"Today", "tomorrow", "now", "to day", "", "2024-02-30"}) {
    CAPTURE(text);
    CHECK(!DayWord::parse(text));
    CHECK(!parse_past_date(text, today));
  }
}

TEST_CASE("nothing is earlier than the Covenant") {
  CHECK(!find_before_launch(samples::day("2008-01-01")));
  const auto problem = find_before_launch(samples::day("2007-12-31"));
  REQUIRE(problem);
  CHECK(problem->code == ProblemCode::date);
  CHECK(problem->message == "2007-12-31 is before 2008-01-01, when the Covenant was launched");
}

TEST_CASE("a day begins where the office is") {
  const auto day = [](std::string_view zone, std::string_view moment) {
    return samples::parsed<TimeZone>(zone).day_at(samples::parsed<Instant>(moment)).str();
  };
  CHECK(day("Europe/Brussels", "2026-06-30T21:59:59.999Z") == "2026-06-30");
  CHECK(day("Europe/Brussels", "2026-06-30T22:00:00.000Z") == "2026-07-01");
  CHECK(day("Europe/Brussels", "2026-12-31T22:59:59.999Z") == "2026-12-31");
  CHECK(day("Europe/Brussels", "2026-12-31T23:00:00.000Z") == "2027-01-01");
  CHECK(day("America/New_York", "2026-07-01T03:59:59.999Z") == "2026-06-30");
  CHECK(day("UTC", "2026-07-01T00:00:00.000Z") == "2026-07-01");
  for (const std::string_view text : {"", "Brussels", "Europe/Atlantis", "CEST+2", "Etc/Unknown"}) {
    CAPTURE(text);
    CHECK(refused<TimeZone>(text) == "choice");
  }
}

TEST_CASE("moments are read as they are written, and only so") {
  for (const std::string_view text : {"2026-11-23T09:52:00.000Z", "0001-01-01T00:00:00.001Z",
                                      "9999-12-31T23:59:59.999Z", "2024-02-29T12:34:56.789Z"}) {
    CHECK(kept<Instant>(text) == text);
    for (std::size_t place = 0; place < text.size(); ++place) {
      std::string broken(text);
      broken[place] = 'x';
      CHECK(refused<Instant>(broken) == "date");
    }
  }
  for (const std::string_view text :
       {"2026-11-23", "2026-11-23T24:00:00.000Z", "2026-11-23T23:60:00.000Z", "2026-11-23T23:59:60.000Z",
        "2026-02-30T00:00:00.000Z", "2026-11-23T09:52:00Z", "2026-11-23T09:52:00.000+00:00",
        " 2026-11-23T09:52:00.000Z", "2026-11-23t09:52:00.000z"}) {
    CAPTURE(text);
    CHECK(refused<Instant>(text) == "date");
  }
  CHECK(samples::parsed<Instant>("2026-11-23T23:59:59.999Z").date() == samples::day("2026-11-23"));
}

TEST_CASE("e-mail addresses are those of the HTML standard") {
  const std::string label63(63, 'a');
  for (const std::string& text :
       {std::string("office@example.org"), std::string("a@b"), std::string("first.last+tag@sub.example.org"),
        std::string("!#$%&'*+/=?^_`{|}~-.@example.org"), std::string(".a..b.@example.org"),
        fmt::format("x@{}.org", label63), fmt::format("x@{0}.{0}.{0}.{1}", label63, std::string(60, 'b'))}) {
    CAPTURE(text);
    CHECK(kept<Email>(text) == text);
  }
  CHECK(kept<Email>(" a@example.org\n") == "a@example.org");
  for (const std::string& text : {std::string(""),
                                  std::string("@"),
                                  std::string("a@"),
                                  std::string("@b"),
                                  std::string("a"),
                                  std::string("a@b@c"),
                                  std::string("a b@c"),
                                  std::string("a@b c"),
                                  std::string("a@-b"),
                                  std::string("a@b-"),
                                  std::string("a@b..c"),
                                  std::string("a@.b"),
                                  std::string("a@b."),
                                  std::string("a@b_c"),
                                  std::string("\"a\"@b"),
                                  std::string("a@[1.2.3.4]"),
                                  std::string("ā@example.org"),
                                  std::string("a@bücher.example"),
                                  std::string("a,b@c"),
                                  std::string("A <a@b>"),
                                  std::string("a@b\xFF"),
                                  std::string("a@b;c@d"),
                                  std::string("mailto:a@b"),
                                  "x@" + label63 + "a.org"}) {
    CAPTURE(text);
    CHECK(refused<Email>(text) == "email");
  }
  CHECK(refused<Email>("x@" + label63 + "." + label63 + "." + label63 + "." + std::string(61, 'b')) ==
        "too-long");
  CHECK(message<Email>("a\x1b@b") ==
        "'a\\u{1B}@b' is not an e-mail address; write one like 'name@example.org'");
  CHECK(message<Email>("info@bücher.example")
            .ends_with("its domain is not ASCII; write 'info@xn--bcher-kva.example'"));
  CHECK(message<Email>("jõgeva@example.org").ends_with("before the '@' it may have letters of ASCII alone"));
  CHECK(message<Email>("a.eu") == "'a.eu' is not an e-mail address; write 'name@a.eu'");
  CHECK(message<Email>(std::string(255, 'a')) ==
        "'" + std::string(60, 'a') + "…' is too long; 255 characters, at most 254");
}

TEST_CASE("telephone numbers lose their separators and nothing else") {
  CHECK(kept<Phone>("+442079460034") == "+442079460034");
  CHECK(kept<Phone>("+44 (20) 7946-00.34") == "+442079460034");
  CHECK(kept<Phone>("[+371] 2000 0000") == "+37120000000");
  CHECK(kept<Phone>("+371\xC2\xA0"
                    "2000–0000") == "+37120000000");
  CHECK(kept<Phone>("+1") == "+1");
  CHECK(kept<Phone>("+123456789012345") == "+123456789012345");
  for (const std::string_view text :
       {"", "+", "442079460034", "0044 20", "+1234567890123456", "++44", "+44+1", "44+1", "+44x", "+44/20",
        "+44,1", "+44 ext 1", "+４４", "+44\t1", "+44\xFF", "tel:+44", "()"}) {
    CAPTURE(text);
    CHECK(refused<Phone>(text) == "phone");
  }
  for (const std::string_view text : {"+44 (0)20 7946 0000", "+49 (0) 30 1234567", "+32(0)2555",
                                      "+33 [0] 1 23", "+39 ( 0 )6", "+44 20 (0) 7946"}) {
    CAPTURE(text);
    CHECK(refused<Phone>(text) == "phone");
  }
  CHECK(message<Phone>("+44 (0)20 7946") ==
        "'+44 (0)20 7946' has '(0)'; drop it and write '+44207946', or '+440207946' where the zero belongs "
        "to the number");
  CHECK(kept<Phone>("+39 (06) 1234") == "+39061234");
  CHECK(kept<Phone>("+44 (20) 0") == "+44200");
  CHECK(message<Phone>("0032 21234") == "'0032 21234' has no '+'; did you mean '+32 21234'?");
  CHECK(message<Phone>("21234") == "'21234' has no '+'; write '+' and the country's code first");
  CHECK(message<Phone>("ext. 1") == "'ext. 1' is not a telephone number; write '+' and up to 15 digits");
}

TEST_CASE("a telephone number takes as long to refuse as it is long") {
  // Where each zero in brackets doubled the work, none of these ever ended.
  std::string zeros = "32";
  std::string brackets(200'000, '(');
  brackets += "0)";
  for (int i = 0; i < 200; ++i) zeros += "(0)1";
  for (const std::string& text : {zeros, "+" + zeros, "00" + zeros}) CHECK(refused<Phone>(text) == "phone");
  CHECK(refused<Phone>(brackets) == "phone");
  CHECK(message<Phone>("+44 [(0) 20 7946") ==
        "'+44 [(0) 20 7946' has '(0)'; drop it and write '+44207946', or '+440207946' where the zero belongs "
        "to "
        "the number");
}

TEST_CASE("numbers of members are whole and not too many") {
  const auto number = [](std::string_view text) { return samples::parsed<MemberCount>(text).number(); };
  CHECK(number("0") == 0);
  CHECK(number("10000000") == 10'000'000);
  CHECK(number(" 007 ") == 7);
  for (const std::string_view text : {"", "-1", "+1", "1.0", "1e3", "1,000", "1 000", "0x10", "10000001",
                                      "99999999999999999999999", "many", "１", "1\xFF"}) {
    CAPTURE(text);
    CHECK(refused<MemberCount>(text) == "number");
  }
  for (const std::string_view text : {"1,200", "1.200", "1 200", "1'200"})
    CHECK(message<MemberCount>(text) == "'" + std::string(text) + "' is not a number; did you mean '1200'?");
  for (const std::string_view text : {"27.0", "27.00", "27,0", "27,00", "2.7E+01", "2.7e1"})
    CHECK(message<MemberCount>(text) == "'" + std::string(text) + "' is not a number; did you mean '27'?");
  for (const std::string_view text :
       {"1,200.0", "1 200,00", "1.2E+03", "1\u00A0200", "1\u202F200", "1\u2019200"})
    CHECK(message<MemberCount>(text).ends_with("' is not a number; did you mean '1200'?"));
  for (const std::string_view text : {"many", "1,20", ",200", "1,2000", "100,000,000", "27.5", "27.", ".0",
                                      "1.25E+01", "1E+09", "-27.0", "nan", "inf", "1e", "0x1p4"})
    CHECK(message<MemberCount>(text) == "'" + std::string(text) + "' is not a number from 0 to 10000000");
}

TEST_CASE("references are of the office's characters and not like an id") {
  const std::string longest(64, 'a');
  for (const std::string_view text :
       {"F-2026/001", "a", "A.b_c-d/1", "AP-", "AP-1a", "AP31", "AP--1", "-1", "1.0"}) {
    CAPTURE(text);
    CHECK(kept<Reference>(text) == text);
  }
  CHECK(kept<Reference>(longest) == longest);
  CHECK(kept<Reference>(" F-1 ") == "F-1");
  for (const std::string_view text : {"", "31", "0", "AP-31", "ap-0031", "Ap-1", "aP-1", "F 1", "F#1", "F\\1",
                                      "ā", "F\n1", "F\xFF", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK(refused<Reference>(text) == "reference");
  }
  CHECK(refused<Reference>(longest + "a") == "reference");
  CHECK(message<Reference>("123") == "'123' looks like an id; did you mean 'CoM-123'?");
  CHECK(message<Reference>("a b") == "'a b' is not a reference; use up to 64 of A-Z a-z 0-9 . _ / -");
}

TEST_CASE("ids are read in each of their forms") {
  for (const std::string_view text : {"AP-0031", "AP-31", "31", "ap-31", "0031", "AP-00031"}) {
    CAPTURE(text);
    CHECK(PartnerId::parse(text) == PartnerId(31));
  }
  for (const std::string_view text : {"", "AP-", "AP31", "AP--1", "-1", "+1", "1a", " 1", "1 ", "AP-1a",
                                      "0x1", "BP-1", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK(!PartnerId::parse(text));
  }
  CHECK(PartnerId(31).str() == "AP-0031");
  CHECK(PartnerId(123456).str() == "AP-123456");
}

TEST_CASE("a language code that is a country's is seen, whether it is a language's too or not") {
  const auto likelier = [](std::string_view tag) {
    return samples::parsed<LanguageTag>(tag).find_likelier();
  };
  CHECK(likelier("ee") == "et");
  CHECK(likelier("se") == "sv");
  CHECK(likelier("si") == "sl");
  CHECK(likelier("cz") == "cs");
  CHECK(likelier("DK") == "da");
  CHECK(likelier("gr") == "el");
  CHECK(likelier("en-UK") == "en-GB");
  for (const std::string_view tag : {"et", "lv", "no", "en-GB", "uk", "sv"}) CHECK(!likelier(tag));
  CHECK(published_tag("cz") == "cs");
  for (const std::string_view tag : {"ee", "lv", "sr-Latn"}) CHECK(published_tag(tag) == tag);
  CHECK(message<LanguageTag>("en_GB").ends_with("did you mean 'en-GB'?"));
}

TEST_CASE("languages are known and kept in the canonical form of their tags") {
  for (const std::string_view text :
       {"en", "lv", "ga", "mt", "ltg", "pt-BR", "sr-Latn", "zh-Hant-TW", "is", "uk", "ca-valencia"}) {
    CAPTURE(text);
    CHECK(kept<LanguageTag>(text) == text);
  }
  CHECK(kept<LanguageTag>("EN") == "en");
  CHECK(kept<LanguageTag>("SR-LATN") == "sr-Latn");
  CHECK(kept<LanguageTag>("pt-br") == "pt-BR");
  CHECK(kept<LanguageTag>(" lv ") == "lv");
  CHECK(LanguageTag::english().str() == "en");
  for (const std::string_view text :
       {"", "e", "english", "en_GB", "en-", "-en", "en--GB", "qq", "xx", "e1", "12", "en-GB-", "ā", "e\xFF",
        "en GB", "a-DE", "en-abcdefghi", "n e", "s "}) {
    CAPTURE(text);
    CHECK(refused<LanguageTag>(text) == "choice");
  }
  CHECK(refused<LanguageTag>(std::string_view("en\0x", 4)) == "choice");
  CHECK(refused<LanguageTag>("en-" + std::string(200, 'a')) == "choice");
}

TEST_CASE("categories are a set in the order of the scheme") {
  CHECK(kept<Categories>("financial") == "financial");
  CHECK(kept<Categories>("other; financial ;civil-society") == "financial;civil-society;other");
  CHECK(kept<Categories>("industrial;industrial") == "industrial");
  const auto two = samples::parsed<Categories>("other;industrial");
  CHECK(two.has(Category::industrial));
  CHECK(!two.has(Category::financial));
  CHECK(two.list() == std::vector{Category::industrial, Category::other});
  CHECK(refused<Categories>("") == "required");
  CHECK(refused<Categories>(" ") == "required");
  for (const std::string_view text :
       {"finance", "Financial", "financial,other", "financial;", ";", "financial;;other", "civil society"}) {
    const auto parsed = Categories::parse(text);
    REQUIRE(!parsed);
    CHECK(parsed.problem().code == ProblemCode::choice);
  }
  CHECK(message<Categories>("other;civil_society") ==
        "'other;civil_society' is not a category; write 'other;civil-society'");
  CHECK(message<Email>("c1@example.org\u200B") ==
        "'c1@example.org\\u{200B}' contains an invisible character; remove it");
  CHECK(message<Email>("c1\u00A0@example.org").starts_with("'c1\\u{A0}@example.org' is not"));
  CHECK(message<Categories>("industrial, other") ==
        "'industrial, other' is not a category; write 'industrial;other'");
  CHECK(Categories::suggest("Industrial, Other") == "industrial;other");
  CHECK(Categories::suggest("Civil society / financial") == "civil-society;financial");
  CHECK(Categories::suggest("industrial other") == "industrial;other");
  CHECK(!Categories::suggest("industrial, energy"));
  CHECK(!Categories::suggest(" , "));
  CHECK(message<Categories>("energy") ==
        "'energy' is not a category; write one of financial, industrial, civil-society, other");
  CHECK(message<Categories>(";") ==
        "'' is not a category; write one of financial, industrial, civil-society, other");
}

TEST_CASE("every code is read as what it is written for") {
  const auto round_trip = []<class E>(E last) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      const auto value = static_cast<E>(i);
      CHECK(from_code<E>(code_of(value)) == value);
    }
    CHECK(Codes<E>::codes.size() == static_cast<std::size_t>(last) + 1);
  };
  round_trip(Level::local);
  round_trip(MembershipBased::yes);
  round_trip(EndReason::entered_in_error);
  round_trip(Criterion::website);
  round_trip(Category::other);
  const auto wrong = parse_code<Level>("europaean");
  REQUIRE(!wrong);
  CHECK(wrong.problem().code == ProblemCode::choice);
  CHECK(wrong.problem().message == "'europaean' is not a level; did you mean 'european'?");
  CHECK(parse_code<Level>("\x07").problem().message ==
        "'\\u{07}' is not a level; write one of european, international, national, local");
  CHECK(parse_code<MembershipBased>("perhaps").problem().message == "'perhaps' is not one of no, yes");
  for (const std::string_view text : {"Yes", "TRUE", "1", "y", "YES", "true"}) {
    CAPTURE(text);
    CHECK(FieldType<MembershipBased>::suggest(text) == "yes");
    CHECK(FieldType<MembershipBased>::parse(text).problem().message.ends_with("did you mean 'yes'?"));
  }
  for (const std::string_view text : {"No", "FALSE", "0", "n"})
    CHECK(FieldType<MembershipBased>::suggest(text) == "no");
  CHECK(!FieldType<MembershipBased>::suggest("2"));
  CHECK(FieldType<Level>::suggest("European") == "european");
  CHECK(!FieldType<Level>::suggest("europ"));
}
