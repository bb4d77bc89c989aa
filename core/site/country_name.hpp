#pragma once

#include <string>
#include <string_view>

#include "core/model/country.hpp"
#include "core/model/language.hpp"

namespace covenant {

/// What the European Union calls a country in a language: "Latvia", "Türkiye".
/// Source: CLDR by ICU, but for the names in which it departs from the Interinstitutional Style Guide,
/// annexes A5 and A6 and section 7.1.
std::string country_name(OfficialLanguage language, const Country& country);

/// A country's name as it is sorted: in Irish and Maltese without its article, and without the letter that
/// the article brings about in Irish. "an tSeicia" is "Seicia", "id-Danimarka" is "Danimarka".
std::string without_article(OfficialLanguage language, std::string_view name);

}  // namespace covenant
