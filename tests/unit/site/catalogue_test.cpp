#include "core/site/catalogue.hpp"

#include <doctest/doctest.h>

using namespace covenant;

namespace {

std::string_view partners(OfficialLanguage language, std::uint64_t number) {
  return Catalogue::of(language).plural("{count} partner", "{count} partners", number);
}

}  // namespace

TEST_CASE("Latvian counts partners by CLDR's rule") {
  for (const std::uint64_t number : {0U, 10U, 11U, 12U, 19U, 20U, 30U, 111U}) {
    CHECK(partners(OfficialLanguage::lv, number) == "{count} partneru");
  }
  for (const std::uint64_t number : {1U, 21U, 101U})
    CHECK(partners(OfficialLanguage::lv, number) == "{count} partneris");
  for (const std::uint64_t number : {2U, 9U, 22U, 25U})
    CHECK(partners(OfficialLanguage::lv, number) == "{count} partneri");
}

TEST_CASE("English is the language of the messages themselves") {
  CHECK(Catalogue::of(OfficialLanguage::en).text("Associated Partners") == "Associated Partners");
  CHECK(partners(OfficialLanguage::en, 1) == "{count} partner");
  CHECK(partners(OfficialLanguage::en, 0) == "{count} partners");
}

TEST_CASE("a message that a language lacks stays English, its plural too") {
  const Catalogue& catalogue = Catalogue::of(OfficialLanguage::lv);
  CHECK(catalogue.text("no such message") == "no such message");
  CHECK(catalogue.plural("one ox", "many oxen", 1) == "one ox");
  CHECK(catalogue.plural("one ox", "many oxen", 10) == "many oxen");
}

TEST_CASE("Latvian speaks the scheme's own words") {
  const Catalogue& catalogue = Catalogue::of(OfficialLanguage::lv);
  CHECK(catalogue.text("Associated Partners") == "Asociētie partneri");
  CHECK(catalogue.text("NGOs and associations of civil society") ==
        "NVO un pilsoniskās sabiedrības apvienības");
}

TEST_CASE("every official language has its own sentences, in all their plural forms") {
  for (const std::string_view code : Codes<OfficialLanguage>::codes) {
    if (code == "en") continue;
    CAPTURE(code);
    const Catalogue& catalogue = Catalogue::of(*from_code<OfficialLanguage>(code));
    CHECK(catalogue.text("There are no partners yet.") != "There are no partners yet.");
    for (std::size_t form = 0; form < catalogue.plural_categories().size(); ++form) {
      CAPTURE(form);
      const std::string_view countries = catalogue.plural_form("{count} country", "{count} countries", form);
      CHECK(countries.find("{count}") == 0);
      CHECK(countries.find("countr") == std::string_view::npos);
    }
  }
}

TEST_CASE("languages with many forms count as they speak") {
  CHECK(partners(OfficialLanguage::sl, 102) == "{count} partnerja");
  CHECK(partners(OfficialLanguage::ga, 7) == "{count} gcomhpháirtí");
  CHECK(partners(OfficialLanguage::mt, 11) == "{count}-il sieħeb");
  CHECK(partners(OfficialLanguage::ro, 20) == "{count} de parteneri");
  CHECK(partners(OfficialLanguage::cs, 2) == "{count} partneři");
  CHECK(partners(OfficialLanguage::fr, 0) == "{count} partenaire");
}
