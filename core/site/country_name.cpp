#include "core/site/country_name.hpp"

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace covenant {

namespace {

struct Departure {
  OfficialLanguage language;
  std::string_view country;
  std::string_view name;
};

using enum OfficialLanguage;

constexpr std::array departures = std::to_array<Departure>({
    {da, "GB", "Det Forenede Kongerige"},
    {el, "BA", "Βοσνία-Ερζεγοβίνη"},
    {en, "CD", "Democratic Republic of the Congo"},
    {en, "CG", "Congo"},
    {en, "CV", "Cabo Verde"},
    {en, "HK", "Hong Kong"},
    {en, "MM", "Myanmar/Burma"},
    {en, "MO", "Macao"},
    {en, "PS", "Palestine"},
    {en, "TR", "Türkiye"},
    {et, "NL", "Madalmaad"},
    {fi, "GB", "Yhdistynyt kuningaskunta"},
    {mt, "CZ", "iċ-Ċekja"},
    {pl, "GB", "Zjednoczone Królestwo"},
    {pl, "NL", "Niderlandy"},
    {sv, "BY", "Belarus"},
    {sv, "GB", "Förenade kungariket"},
});

void replace(std::string& text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  if (at != std::string::npos) text.replace(at, what.size(), with);
}

/// The style guide writes whole words: "Saint Kitts and Nevis".
std::string spelt_out(std::string english) {
  replace(english, " & ", " and ");
  if (english.starts_with("St ")) english.replace(0, 3, "Saint ");
  return english;
}

bool is_small(char letter) {
  return letter >= 'a' && letter <= 'z';
}

/// "tSeicia" is "Seicia", "Bheilg" is "Beilg".
std::string without_mutation(std::string_view name) {
  if (name.size() > 1 && is_small(name[0]) && !is_small(name[1])) return std::string(name.substr(1));
  std::string radical(name);
  if (radical.find('h') == 1) radical.erase(1, 1);
  return radical;
}

}  // namespace

std::string without_article(OfficialLanguage language, std::string_view name) {
  if (language == ga) {
    for (const std::string_view article : {"an ", "na "}) {
      if (name.starts_with(article)) return without_mutation(name.substr(article.size()));
    }
  }
  if (language == mt) {
    // The article is "il-" or "l-", and takes on the first consonant of some names.
    const std::size_t hyphen = name.find('-');
    if (hyphen <= std::string_view("iċ").size()) name.remove_prefix(hyphen + 1);
  }
  return std::string(name);
}

std::string country_name(OfficialLanguage language, const Country& country) {
  const auto* const found =
      std::find_if(departures.begin(), departures.end(), [&](const Departure& departure) {
        return departure.language == language && departure.country == country.code();
      });
  if (found != departures.end()) return std::string(found->name);
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString name;
  icu::Locale("", std::string(country.code()).c_str())
      .getDisplayCountry(
          icu::Locale::forLanguageTag(language == en ? "en-IE" : std::string(published_tag(language)), error),
          name);
  std::string utf8;
  name.toUTF8String(utf8);
  return language == en ? spelt_out(std::move(utf8)) : utf8;
}

}  // namespace covenant
