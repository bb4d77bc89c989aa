#include "core/model/form.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

const samples::Given everything = {
    {Field::reference, "F-2026/001"},
    {Field::name, "Klimata alianse"},
    {Field::acronym, "KA"},
    {Field::categories, "financial;other"},
    {Field::level, "international"},
    {Field::membership_based, "yes"},
    {Field::member_count, "27"},
    {Field::country, "LV"},
    {Field::city, "Rīga"},
    {Field::website, "https://example.org/"},
    {Field::description, "One\ntwo"},
    {Field::expertise, "Heat"},
    {Field::practices, "Tool <https://example.org/t>\nIdea"},
    {Field::language, "lv"},
    {Field::contact_name, "B. Contact"},
    {Field::contact_role, "Head"},
    {Field::contact_email, "b@example.org"},
    {Field::contact_phone, "+37120000000"},
    {Field::applied_on, "2026-01-05"},
};

Date today() {
  return samples::day("2026-11-23");
}

/// "column:code" of each problem.
std::string problems_of(const ApplicationResult& result) {
  std::string text;
  if (const auto* problems = std::get_if<std::vector<Problem>>(&result)) {
    for (const Problem& problem : *problems) {
      CHECK(!problem.message.empty());
      text.append(text.empty() ? "" : " ").append(problem.column).append(":").append(code_of(problem.code));
    }
  }
  return text;
}

std::string problems_of(const FieldTexts& texts) {
  return problems_of(parse_application(texts, today()));
}

Application amended(const Application& current, const samples::Given& given) {
  FieldTexts texts;
  for (const auto& [field, text] : given) texts[field] = text;
  auto result = amend_application(current, texts, today());
  REQUIRE_MESSAGE(std::holds_alternative<Application>(result), problems_of(result));
  return std::get<Application>(std::move(result));
}

std::string refused_amendment(const Application& current, const samples::Given& given) {
  FieldTexts texts;
  for (const auto& [field, text] : given) texts[field] = text;
  return problems_of(amend_application(current, texts, today()));
}

}  // namespace

TEST_CASE("a full form gives back each of its fields") {
  const Application application = samples::application(everything);
  for (const auto& [field, text] : everything) {
    CAPTURE(name_of(field));
    CHECK(field_text(application, field) == text);
  }
}

TEST_CASE("what is not given is absent, but for the language and the day") {
  const Application application = samples::application();
  CHECK(application.language == LanguageTag::english());
  CHECK(application.applied_on == today());
  for (const Field field : {Field::reference, Field::acronym, Field::membership_based, Field::member_count,
                            Field::city, Field::website, Field::description, Field::expertise,
                            Field::practices, Field::contact_role, Field::contact_phone}) {
    CAPTURE(name_of(field));
    CHECK(field_text(application, field).empty());
  }
  // White space alone is as good as nothing.
  CHECK(application == samples::application({{Field::acronym, " "},
                                             {Field::website, "\t"},
                                             {Field::member_count, ""},
                                             {Field::practices, "\n\n"},
                                             {Field::language, ""},
                                             {Field::applied_on, " "}}));
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
      {Field::reference, "31"},
      {Field::name, "x"},
      {Field::acronym, "an acronym that is by far too long to be one"},
      {Field::categories, "banks"},
      {Field::level, "regional"},
      {Field::membership_based, "maybe"},
      {Field::member_count, "many"},
      {Field::country, "LVA"},
      {Field::city, "R\x01ga"},
      {Field::website, "example.org"},
      {Field::description, "a\xFF"},
      {Field::expertise, "a\tb"},
      {Field::practices, "Tool <x>"},
      {Field::language, "latvian"},
      {Field::contact_name, ""},
      {Field::contact_role, "a\nb"},
      {Field::contact_email, "nobody"},
      {Field::contact_phone, "112"},
      {Field::applied_on, "2026-11-24"},
  });
  CHECK(problems_of(texts) ==
        "reference:reference name:too-short acronym:too-long categories:choice level:choice "
        "membership_based:choice member_count:number country:country city:control-character website:url "
        "description:encoding expertise:control-character practices:practice language:choice "
        "contact_role:control-character contact_email:email contact_phone:phone applied_on:date "
        "contact_name:required");
}

TEST_CASE("bytes that are not UTF-8 are told as such in every field") {
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
  const Application after = amended(before, {{Field::city, "Ventspils"}, {Field::contact_role, "Chair"}});
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    const std::string expected = field == Field::city           ? "Ventspils"
                                 : field == Field::contact_role ? "Chair"
                                                                : field_text(before, field);
    CHECK(field_text(after, field) == expected);
  }
}

TEST_CASE("an empty text clears an optional field and is refused for a required one") {
  const Application before = samples::application(everything);
  for (const Field field : {Field::reference, Field::acronym, Field::membership_based, Field::member_count,
                            Field::city, Field::website, Field::description, Field::expertise,
                            Field::practices, Field::contact_role, Field::contact_phone}) {
    CAPTURE(name_of(field));
    CHECK(field_text(amended(before, {{field, ""}}), field).empty());
  }
  CHECK(amended(before, {{Field::language, ""}}).language == LanguageTag::english());
  for (const Field field : required_fields)
    CHECK(refused_amendment(before, {{field, ""}}) == std::string(name_of(field)) + ":required");
  CHECK(refused_amendment(before, {{Field::applied_on, ""}}) == "applied_on:required");
}

TEST_CASE("every problem of an amendment is found at once") {
  CHECK(refused_amendment(samples::application(everything),
                          {{Field::name, ""}, {Field::country, "ZZ"}, {Field::website, "x"}}) ==
        "country:country website:url name:required");
}

TEST_CASE("an erased contact stays away until it is given anew") {
  Application erased = samples::application(everything);
  erased.contact.reset();
  for (const Field field :
       {Field::contact_name, Field::contact_role, Field::contact_email, Field::contact_phone})
    CHECK(field_text(erased, field).empty());
  CHECK(amended(erased, {{Field::city, "Liepāja"}}).contact == std::nullopt);
  CHECK(amended(erased, {{Field::contact_name, ""}, {Field::contact_email, ""}}).contact == std::nullopt);
  CHECK(refused_amendment(erased, {{Field::contact_name, "C. Contact"}}) == "contact_email:required");
  CHECK(refused_amendment(erased, {{Field::contact_role, "Head"}}) ==
        "contact_name:required contact_email:required");
  const Application back =
      amended(erased, {{Field::contact_name, "C. Contact"}, {Field::contact_email, "c@example.org"}});
  REQUIRE(back.contact);
  CHECK(back.contact->email.str() == "c@example.org");
}
