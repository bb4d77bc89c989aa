#include "core/model/form.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

const samples::Given everything = {
    {"reference"_field, "F-2026/001"},
    {"name"_field, "Klimata alianse"},
    {"acronym"_field, "KA"},
    {"categories"_field, "financial;other"},
    {"level"_field, "international"},
    {"membership_based"_field, "yes"},
    {"member_count"_field, "27"},
    {"country"_field, "LV"},
    {"city"_field, "Rīga"},
    {"website"_field, "https://example.org/"},
    {"description"_field, "One\ntwo"},
    {"expertise"_field, "Heat"},
    {"practices"_field, "Tool <https://example.org/t>\nIdea"},
    {"language"_field, "lv"},
    {"contact_name"_field, "B. Contact"},
    {"contact_role"_field, "Head"},
    {"contact_email"_field, "b@example.org"},
    {"contact_phone"_field, "+37120000000"},
    {"applied_on"_field, "2026-01-05"},
};

Date today() {
  return samples::day("2026-11-23");
}

/// "column:code" of each problem.
std::string problems_of(const Result<Application, Problems>& result) {
  std::string text;
  if (result) return text;
  for (const Problem& problem : result.problems()) {
    CHECK(!problem.message.empty());
    text.append(text.empty() ? "" : " ").append(problem.column).append(":").append(code_of(problem.code));
  }
  return text;
}

std::string problems_of(const FieldTexts& texts) {
  return problems_of(ParsedForm(texts, today()).application());
}

Application amended(const Application& current, const samples::Given& given) {
  FieldTexts texts;
  for (const auto& [field, text] : given) texts[field] = text;
  auto result = ParsedForm(texts, today()).amended(current);
  REQUIRE_MESSAGE(result.ok(), problems_of(result));
  return *std::move(result);
}

std::string refused_amendment(const Application& current, const samples::Given& given) {
  FieldTexts texts;
  for (const auto& [field, text] : given) texts[field] = text;
  return problems_of(ParsedForm(texts, today()).amended(current));
}

}  // namespace

TEST_CASE("a full form has each of its fields") {
  const Application application = samples::application(everything);
  for (const auto& given : everything) {
    CAPTURE(name_of(given.first));
    CHECK(field_text(application, given.first) == given.second);
  }
}

TEST_CASE("what is not given is absent, but for the language and the day") {
  const Application application = samples::application();
  CHECK(application.language == LanguageTag::english());
  CHECK(application.applied_on == today());
  for (const Field field :
       {"reference"_field, "acronym"_field, "membership_based"_field, "member_count"_field, "city"_field,
        "website"_field, "description"_field, "expertise"_field, "practices"_field, "contact_role"_field,
        "contact_phone"_field}) {
    CAPTURE(name_of(field));
    CHECK(field_text(application, field).empty());
  }
  // White space alone is as good as nothing.
  CHECK(application == samples::application({{"acronym"_field, " "},
                                             {"website"_field, "\t"},
                                             {"member_count"_field, ""},
                                             {"practices"_field, "\n\n"},
                                             {"language"_field, ""},
                                             {"applied_on"_field, " "}}));
}

TEST_CASE("an empty form misses every required field") {
  CHECK(problems_of(FieldTexts{}) ==
        "name:required categories:required level:required country:required contact_name:required "
        "contact_email:required");
}

TEST_CASE("each required field is missed when it is empty") {
  for (const Field field : required_fields) {
    CHECK(problems_of(samples::form({{field, ""}})) == std::string(name_of(field)) + ":required");
    CHECK(problems_of(samples::form({{field, " \n"}})) == std::string(name_of(field)) + ":required");
  }
}

TEST_CASE("every problem of a form is found at once, each with its column") {
  const FieldTexts texts = samples::form({
      {"reference"_field, "31"},
      {"name"_field, "x"},
      {"acronym"_field, "an acronym that is by far too long to be one"},
      {"categories"_field, "banks"},
      {"level"_field, "regional"},
      {"membership_based"_field, "maybe"},
      {"member_count"_field, "many"},
      {"country"_field, "LVA"},
      {"city"_field, "R\x01ga"},
      {"website"_field, "example.org"},
      {"description"_field, "a\xFF"},
      {"expertise"_field, "a\tb"},
      {"practices"_field, "Tool <x>"},
      {"language"_field, "latvian"},
      {"contact_name"_field, ""},
      {"contact_role"_field, "a\nb"},
      {"contact_email"_field, "nobody"},
      {"contact_phone"_field, "112"},
      {"applied_on"_field, "2026-11-24"},
  });
  CHECK(problems_of(texts) ==
        "reference:reference name:too-short acronym:too-long categories:choice level:choice "
        "membership_based:choice member_count:number country:country city:control-character website:url "
        "description:encoding expertise:control-character practices:practice language:choice "
        "contact_role:control-character contact_email:email contact_phone:phone applied_on:date "
        "contact_name:required");
}

TEST_CASE("bytes that are not UTF-8 are reported as such in every field") {
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    CHECK(problems_of(samples::form({{field, "\xC3("}})) == std::string(name_of(field)) + ":encoding");
  }
}

TEST_CASE("an amendment changes what is given and nothing else") {
  const Application before = samples::application(everything);
  CHECK(amended(before, {}) == before);
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    const std::string text = field_text(before, field);
    CHECK(amended(before, {{field, text}}) == before);
  }
  const Application after = amended(before, {{"city"_field, "Ventspils"}, {"contact_role"_field, "Chair"}});
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    const std::string expected = field == "city"_field           ? "Ventspils"
                                 : field == "contact_role"_field ? "Chair"
                                                                 : field_text(before, field);
    CHECK(field_text(after, field) == expected);
  }
}

TEST_CASE("an empty text clears an optional field and is refused for a required one") {
  const Application before = samples::application(everything);
  for (const Field field :
       {"reference"_field, "acronym"_field, "membership_based"_field, "member_count"_field, "city"_field,
        "website"_field, "description"_field, "expertise"_field, "practices"_field, "contact_role"_field,
        "contact_phone"_field}) {
    CAPTURE(name_of(field));
    CHECK(field_text(amended(before, {{field, ""}}), field).empty());
  }
  CHECK(amended(before, {{"language"_field, ""}}).language == LanguageTag::english());
  for (const Field field : required_fields)
    CHECK(refused_amendment(before, {{field, ""}}) == std::string(name_of(field)) + ":required");
  CHECK(refused_amendment(before, {{"applied_on"_field, ""}}) == "applied_on:required");
}

TEST_CASE("every problem of an amendment is found at once") {
  CHECK(refused_amendment(samples::application(everything),
                          {{"name"_field, ""}, {"country"_field, "ZZ"}, {"website"_field, "x"}}) ==
        "country:country website:url name:required");
}

TEST_CASE("an erased contact stays away until it is given again") {
  Application erased = samples::application(everything);
  erased.contact.reset();
  for (const Field field :
       {"contact_name"_field, "contact_role"_field, "contact_email"_field, "contact_phone"_field})
    CHECK(field_text(erased, field).empty());
  CHECK(amended(erased, {{"city"_field, "Liepāja"}}).contact == std::nullopt);
  CHECK(amended(erased, {{"contact_name"_field, ""}, {"contact_email"_field, ""}}).contact == std::nullopt);
  CHECK(refused_amendment(erased, {{"contact_name"_field, "C. Contact"}}) == "contact_email:required");
  CHECK(refused_amendment(erased, {{"contact_role"_field, "Head"}}) ==
        "contact_name:required contact_email:required");
  const Application back =
      amended(erased, {{"contact_name"_field, "C. Contact"}, {"contact_email"_field, "c@example.org"}});
  REQUIRE(back.contact);
  CHECK(back.contact->email.str() == "c@example.org");
}
