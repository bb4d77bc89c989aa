#include "core/model/country.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>

#include <array>
#include <map>
#include <string>
#include <utility>

#include "core/model/language.hpp"
#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/folding.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::string_view codes =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO "
    "BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ "
    "DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP "
    "GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG "
    "KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML "
    "MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE "
    "PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL "
    "SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM "
    "US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW ";

constexpr std::size_t letters = 26;

/// Whether each pair of letters is a code.
constexpr std::array<bool, letters* letters> code_table = [] {
  std::array<bool, letters * letters> table{};
  for (std::size_t i = 0; i + 1 < codes.size(); i += 3) {
    table[static_cast<std::size_t>(codes[i] - 'A') * letters + static_cast<std::size_t>(codes[i + 1] - 'A')] =
        true;
  }
  return table;
}();

/// What is written of a country beside the names that ICU has: old names, common ones, parts of one. Where
/// more countries than one may be meant, they follow each other.
struct OtherName {
  std::string_view name;
  std::string_view codes;
};

constexpr std::array<OtherName, 55> other_names = {{
    {"Czech Republic", "CZ"},
    {"Turkiye", "TR"},
    {"Turkey", "TR"},
    {"Great Britain", "GB"},
    {"Britain", "GB"},
    {"England", "GB"},
    {"Scotland", "GB"},
    {"Wales", "GB"},
    {"Northern Ireland", "GB"},
    {"United Kingdom of Great Britain and Northern Ireland", "GB"},
    {"XI", "GB"},
    {"Holland", "NL"},
    {"Eire", "IE"},
    {"Republic of Ireland", "IE"},
    {"Irish Republic", "IE"},
    {"Russian Federation", "RU"},
    {"Macedonia", "MK"},
    {"FYROM", "MK"},
    {"Republic of Moldova", "MD"},
    {"Moldavia", "MD"},
    {"Slovak Republic", "SK"},
    {"Hellenic Republic", "GR"},
    {"Hellas", "GR"},
    {"Byelorussia", "BY"},
    {"Bosnia", "BA"},
    {"Kosova", "XK"},
    {"Vatican", "VA"},
    {"Holy See", "VA"},
    {"Ivory Coast", "CI"},
    {"Cape Verde", "CV"},
    {"Swaziland", "SZ"},
    {"Burma", "MM"},
    {"East Timor", "TL"},
    {"Zaire", "CD"},
    {"Upper Volta", "BF"},
    {"Ceylon", "LK"},
    {"Persia", "IR"},
    {"Islamic Republic of Iran", "IR"},
    {"Korea", "KR KP"},
    {"Republic of Korea", "KR"},
    {"Viet Nam", "VN"},
    {"Syrian Arab Republic", "SY"},
    {"United States of America", "US"},
    {"America", "US"},
    {"Emirates", "AE"},
    {"GDR", "DE"},
    {"DDR", "DE"},
    {"BRD", "DE"},
    {"Federal Republic of Germany", "DE"},
    {"Czechoslovakia", "CZ SK"},
    {"Yugoslavia", "RS ME HR SI BA MK XK"},
    {"Serbia and Montenegro", "RS ME"},
    {"Netherlands Antilles", "CW SX BQ"},
    {"Soviet Union", "RU"},
    {"Republic of Cyprus", "CY"},
}};

/// The codes that were once given out and what took their places. Source: ISO 3166-3.
constexpr std::array<OtherName, 11> former_codes = {{
    {"AN", "CW SX BQ"},
    {"BU", "MM"},
    {"CS", "RS ME"},
    {"DD", "DE"},
    {"FX", "FR"},
    {"SU", "RU"},
    {"TP", "TL"},
    {"YU", "RS ME"},
    {"ZR", "CD"},
    {"EL", "GR"},
    {"UK", "GB"},
}};

/// A name as it is looked for: as names are compared, without the article and what states call themselves.
std::string name_key(std::string_view name) {
  std::string key = similarity_key(name);
  for (const std::string_view article : {"the", "kingdomof"}) {
    if (key.starts_with(article) && key.size() > article.size() + 3) key.erase(0, article.size());
  }
  return key;
}

/// The codes by the names of the countries in every official language and the other names, and by ISO 3166-1
/// alpha-3. It takes a moment to make, so only whoever needs it makes it.
std::map<std::string, std::string> make_names() {
  std::map<std::string, std::string> names;
  for (const OtherName& other : other_names) names.emplace(name_key(other.name), other.codes);
  for (std::size_t i = 0; i + 1 < codes.size(); i += 3) {
    const std::string code(codes.substr(i, 2));
    const icu::Locale country("", code.c_str());
    names.emplace(lower_case(country.getISO3Country()), code);
    for (const std::string_view language : Codes<OfficialLanguage>::codes) {
      icu::UnicodeString name;
      country.getDisplayCountry(icu::Locale(std::string(language).c_str()), name);
      std::string text;
      names.emplace(name_key(name.toUTF8String(text)), code);
    }
    icu::UnicodeString own;
    country.getDisplayCountry(icu::Locale(("und_" + code).c_str()), own);
    std::string text;
    names.emplace(name_key(own.toUTF8String(text)), code);
  }
  return names;
}

/// The codes that may have been meant, set apart by blanks; empty where that is not clear.
std::string meant_by(std::string_view text) {
  static const std::map<std::string, std::string> names = make_names();
  std::string capitals = upper_case(text);
  for (const OtherName& former : former_codes) {
    if (capitals == former.name) return std::string(former.codes);
  }
  if (Country::is_code(capitals)) return capitals;
  const auto found = names.find(name_key(text));
  return found == names.end() ? std::string() : found->second;
}

std::string way_out(std::string_view text) {
  const std::string capitals = upper_case(text);
  if (capitals == "EU" || capitals == "EUROPE" || capitals == "EUROPEAN UNION")
    return "name the country of the seat, such as 'BE'";
  std::string meant = find_invalid_utf8(text) ? std::string() : meant_by(text);
  if (meant.empty()) return "use the two letters of ISO 3166-1";
  std::string choices;
  for (std::string_view rest = meant; !rest.empty();) {
    const bool is_last = rest.size() == 2;
    choices += fmt::format("{}'{}'", choices.empty() ? "" : is_last ? " or " : ", ", rest.substr(0, 2));
    rest.remove_prefix(is_last ? 2 : 3);
  }
  return fmt::format("did you mean {}?", choices);
}

}  // namespace

bool Country::is_code(std::string_view text) {
  return text.size() == 2 && is_upper_case(text[0]) && is_upper_case(text[1]) &&
         code_table[static_cast<std::size_t>(text[0] - 'A') * letters +
                    static_cast<std::size_t>(text[1] - 'A')];
}

Result<Country> Country::parse(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (is_code(inner)) return Country(inner);
  if (inner == "EL") return Country("GR");
  if (inner == "UK") return Country("GB");
  return Problem::of(ProblemCode::country, text,
                     fmt::format("'{}' is not a country code; {}", revealed(inner), way_out(inner)));
}

std::optional<std::string> Country::suggest(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (find_invalid_utf8(inner)) return std::nullopt;
  std::string meant = meant_by(inner);
  return meant.size() == 2 ? std::optional(std::move(meant)) : std::nullopt;
}

}  // namespace covenant
