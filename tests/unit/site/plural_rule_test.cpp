#include "core/site/plural_rule.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "core/embedded_messages.hpp"
#include "core/site/catalogue.hpp"

using namespace covenant;

namespace {

std::string categories_of(OfficialLanguage language) {
  std::string all;
  for (const std::string_view name : PluralRule::of(language).categories())
    all.append(all.empty() ? "" : " ").append(name);
  return all;
}

/// The categories of some numbers.
std::string of_numbers(OfficialLanguage language, const std::vector<std::uint64_t>& numbers) {
  const PluralRule& rule = PluralRule::of(language);
  std::string all;
  for (const std::uint64_t number : numbers)
    all.append(all.empty() ? "" : " ").append(rule.categories().at(rule.form(number)));
  return all;
}

}  // namespace

TEST_CASE("a language has the plural forms that whole numbers take") {
  const std::map<OfficialLanguage, std::string> others = {
      {OfficialLanguage::cs, "one few other"},          {OfficialLanguage::sk, "one few other"},
      {OfficialLanguage::ga, "one two few many other"}, {OfficialLanguage::hr, "one few other"},
      {OfficialLanguage::lt, "one few other"},          {OfficialLanguage::lv, "zero one other"},
      {OfficialLanguage::mt, "one two few many other"}, {OfficialLanguage::pl, "one few many"},
      {OfficialLanguage::ro, "one few other"},          {OfficialLanguage::sl, "one two few other"},
  };
  for (std::size_t i = 0; i < official_language_count; ++i) {
    const auto language = static_cast<OfficialLanguage>(i);
    CAPTURE(code_of(language));
    const auto found = others.find(language);
    CHECK(categories_of(language) == (found == others.end() ? "one other" : found->second));
  }
}

TEST_CASE("numbers take the form of their language") {
  CHECK(of_numbers(OfficialLanguage::en, {0, 1, 2, 21, 100}) == "other one other other other");
  CHECK(of_numbers(OfficialLanguage::fr, {0, 1, 2, 1'000'000}) == "one one other other");
  CHECK(of_numbers(OfficialLanguage::lv, {0, 1, 2, 11, 21, 30}) == "zero one other zero one zero");
  CHECK(of_numbers(OfficialLanguage::lt, {1, 2, 9, 10, 11, 21}) == "one few few other other one");
  CHECK(of_numbers(OfficialLanguage::pl, {1, 2, 5, 12, 22, 112}) == "one few many many few many");
  CHECK(of_numbers(OfficialLanguage::sl, {1, 2, 3, 5, 101, 102}) == "one two few other one two");
  CHECK(of_numbers(OfficialLanguage::mt, {0, 1, 2, 3, 11, 20}) == "few one two few many other");
  CHECK(of_numbers(OfficialLanguage::ga, {1, 2, 6, 10, 11, 21}) == "one two few many other other");
}

TEST_CASE("every catalogue has as many forms as its language") {
  for (std::size_t i = 0; i < official_language_count; ++i) {
    const auto language = static_cast<OfficialLanguage>(i);
    if (language == OfficialLanguage::en) continue;
    CAPTURE(code_of(language));
    const auto messages = MessageFile::open(*embedded::messages.at(i));
    REQUIRE(messages);
    const std::size_t forms = PluralRule::of(language).categories().size();
    const std::string header(messages->find("").value_or(""));
    CHECK(header.find("nplurals=" + std::to_string(forms) + ";") != std::string::npos);
  }
}

TEST_CASE("Portuguese counts nothing in the plural, as in Portugal") {
  CHECK(of_numbers(OfficialLanguage::pt, {0, 1, 2}) == "other one other");
}
