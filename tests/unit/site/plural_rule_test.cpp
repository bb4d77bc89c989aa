#include "core/site/plural_rule.hpp"

#include <doctest/doctest.h>
#include <unicode/plurrule.h>

#include <memory>
#include <string>

using namespace covenant;

TEST_CASE("every language chooses the plural form that ICU chooses") {
  for (const std::string_view code : Codes<OfficialLanguage>::codes) {
    const PluralRule& rule = plural_rule(*from_code<OfficialLanguage>(code));
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::PluralRules> icu_rule(
        icu::PluralRules::forLocale(icu::Locale(std::string(code).c_str()), error));
    REQUIRE(U_SUCCESS(error));
    for (std::int32_t number = 0; number <= 2000; ++number) {
      std::string expected;
      icu_rule->select(number).toUTF8String(expected);
      CAPTURE(code);
      CAPTURE(number);
      REQUIRE(rule.categories.at(rule.form(static_cast<std::uint64_t>(number))) == expected);
    }
  }
}
