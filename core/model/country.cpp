#include "core/model/country.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>

#include <algorithm>
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

constexpr auto other_names = std::to_array<OtherName>({
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
    {"Irish Republic", "IE"},
    {"Russian Federation", "RU"},
    {"Macedonia", "MK"},
    {"FYROM", "MK"},
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
    {"Czechoslovakia", "CZ SK"},
    {"Yugoslavia", "RS ME HR SI BA MK XK"},
    {"Serbia and Montenegro", "RS ME"},
    {"Netherlands Antilles", "CW SX BQ"},
    {"Soviet Union", "RU"},
    {"Palestine", "PS"},
    {"Vatican City State", "VA"},
    {"Democratic People's Republic of Korea", "KP"},
    {"Lao People's Democratic Republic", "LA"},
    {"Republic of China", "TW"},
    {"Taiwan Province of China", "TW"},
    {"Hong Kong", "HK"},
    {"Macao", "MO"},
    {"Macau", "MO"},
    {"Congo", "CG CD"},
    {"Republic of the Congo", "CG"},
    {"Democratic Republic of the Congo", "CD"},
    {"DR Congo", "CD"},
    {"French Republic", "FR"},
    {"Italian Republic", "IT"},
    {"Portuguese Republic", "PT"},
    {"Swiss Confederation", "CH"},
    {"Kyrgyz Republic", "KG"},
    {"Argentine Republic", "AR"},
});

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

/// A name as it is looked for: as names are compared, without the article, "and" and "Saint" written in one
/// way.
std::string name_key(std::string_view name) {
  std::string words;
  for (const char c : name) words.append(c == '&' ? "and" : std::string_view(&c, 1));
  std::string key = similarity_key(words);
  constexpr std::string_view article = "the";
  constexpr std::string_view saint = "saint";
  constexpr std::string_view and_the = "andthe";
  if (key.starts_with(article) && key.size() > article.size() + 3) key.erase(0, article.size());
  if (key.starts_with(saint)) key.replace(0, saint.size(), "st");
  if (const std::size_t at = key.find(and_the); at != std::string::npos)
    key.erase(at + and_the.size() - article.size(), article.size());
  return key;
}

/// "Republic of Korea" for "Korea, Republic of".
std::string turned_round(std::string_view name) {
  const std::size_t comma = name.find(',');
  if (comma == std::string_view::npos) return std::string(name);
  return fmt::format("{} {}", trimmed(name.substr(comma + 1)), name.substr(0, comma));
}

/// A key without what states call themselves in English, such as "federalrepublicof"; empty where it has
/// nothing of that.
std::string_view without_form(std::string_view key) {
  constexpr std::array<std::string_view, 15> adjectives = {
      "federal", "federative", "federated", "democratic",    "peoples",    "islamic",   "socialist",  "arab",
      "united",  "eastern",    "the",       "plurinational", "bolivarian", "hashemite", "independent"};
  constexpr std::array<std::string_view, 9> forms = {"republicof",   "kingdomof",      "stateof",
                                                     "statesof",     "commonwealthof", "principalityof",
                                                     "grandduchyof", "sultanateof",    "unionof"};
  const auto take_one = [&](const auto& words) {
    const auto* const found = std::find_if(words.begin(), words.end(),
                                           [&](std::string_view word) { return key.starts_with(word); });
    if (found == words.end()) return false;
    key.remove_prefix(found->size());
    return true;
  };
  while (take_one(adjectives)) {
  }
  if (!take_one(forms)) return {};
  if (key.starts_with("the")) key.remove_prefix(3);
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
      // In Maltese the article is part of the name: "il-Ġermanja".
      constexpr std::size_t longest_article = 3;
      if (const std::size_t hyphen = text.find('-'); language == "mt" && hyphen <= longest_article)
        names.emplace(name_key(std::string_view(text).substr(hyphen + 1)), code);
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
  const std::array<std::string, 3> keys = {name_key(text), name_key(turned_round(text)),
                                           name_key(text.substr(0, text.find('(')))};
  for (const std::string& key : keys) {
    if (const auto found = names.find(key); found != names.end()) return found->second;
  }
  for (const std::string& key : keys) {
    const auto found = names.find(std::string(without_form(key)));
    if (found != names.end()) return found->second;
  }
  return {};
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

std::vector<Country> Country::all() {
  std::vector<Country> countries;
  countries.reserve(code_table.size());
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const std::array<char, 2> code{first, second};
      if (is_code({code.data(), code.size()})) countries.push_back(Country({code.data(), code.size()}));
    }
  }
  return countries;
}

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
                     fmt::format("{} is not a country code; {}", revealed_in_quotes(inner), way_out(inner)));
}

std::optional<std::string> Country::suggest(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (find_invalid_utf8(inner)) return std::nullopt;
  std::string meant = meant_by(inner);
  return meant.size() == 2 ? std::optional(std::move(meant)) : std::nullopt;
}

}  // namespace covenant
