#include "core/model/country.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>

#include <array>
#include <map>
#include <string>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

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

/// The codes by what is often written instead of them: ISO 3166-1 alpha-3 and the English name, in capitals.
std::map<std::string, std::string_view> make_other_names() {
  std::map<std::string, std::string_view> names;
  for (std::size_t i = 0; i + 1 < codes.size(); i += 3) {
    const std::string_view code = codes.substr(i, 2);
    const icu::Locale country("", std::string(code).c_str());
    icu::UnicodeString name;
    country.getDisplayCountry(icu::Locale::getEnglish(), name);
    std::string text;
    names.emplace(upper_case(name.toUTF8String(text)), code);
    names.emplace(country.getISO3Country(), code);
  }
  return names;
}

/// The code that was meant; empty where that is not clear.
std::string_view meant_by(std::string_view text) {
  static const std::map<std::string, std::string_view> other_names = make_other_names();
  const std::string capitals = upper_case(text);
  if (capitals == "EL") return "GR";
  if (capitals == "UK") return "GB";
  if (Country::is_code(capitals)) return codes.substr(codes.find(capitals + " "), 2);
  const auto other = other_names.find(capitals);
  return other == other_names.end() ? std::string_view() : other->second;
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
  const std::string_view meant = meant_by(inner);
  return Problem::of(ProblemCode::country, text,
                     fmt::format("'{}' is not a country code; {}", revealed(inner),
                                 meant.empty() ? "use the two letters of ISO 3166-1"
                                               : fmt::format("did you mean '{}'?", meant)));
}

}  // namespace covenant
