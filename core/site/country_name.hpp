#pragma once

#include <string>

#include "core/model/country.hpp"
#include "core/model/language.hpp"

namespace covenant {

/// What the European Union calls a country in a language: "Latvia", "Türkiye".
/// Source: CLDR by ICU, but for the names in which it departs from the Interinstitutional Style Guide,
/// annexes A5 and A6 and section 7.1.
std::string country_name(OfficialLanguage language, const Country& country);

}  // namespace covenant
