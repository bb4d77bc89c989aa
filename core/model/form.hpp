#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/email.hpp"
#include "core/model/language.hpp"
#include "core/model/member_count.hpp"
#include "core/model/phone.hpp"
#include "core/model/practice.hpp"
#include "core/model/reference.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// The fields that a form fills in, in the order in which every list of them is shown.
enum class Field {
  reference,
  name,
  acronym,
  categories,
  level,
  membership_based,
  member_count,
  country,
  city,
  website,
  description,
  expertise,
  practices,
  language,
  contact_name,
  contact_role,
  contact_email,
  contact_phone,
  applied_on,
};

inline constexpr std::size_t field_count = 19;

/// Each field's name, as it stands in a CSV header, a form, JSON and the events; the option is the same with
/// hyphens.
inline constexpr std::array<std::string_view, field_count> field_names = {
    "reference",        "name",          "acronym",       "categories", "level",
    "membership_based", "member_count",  "country",       "city",       "website",
    "description",      "expertise",     "practices",     "language",   "contact_name",
    "contact_role",     "contact_email", "contact_phone", "applied_on",
};

constexpr std::size_t index_of(Field field) {
  return static_cast<std::size_t>(field);
}

constexpr std::string_view name_of(Field field) {
  return field_names[index_of(field)];
}

/// The fields without which an application is refused.
inline constexpr std::array<Field, 6> required_fields = {
    Field::name, Field::categories, Field::level, Field::country, Field::contact_name, Field::contact_email,
};

/// The field of that exact name, if there is one.
constexpr std::optional<Field> field_named(std::string_view name) {
  for (std::size_t i = 0; i < field_count; ++i) {
    if (field_names[i] == name) return static_cast<Field>(i);
  }
  return std::nullopt;
}

/// The texts of a form as they were given, field by field. A field that was not given has no text; one that
/// was given empty has an empty text. Lists are written as in CSV: categories joined by ';', practices by
/// line feeds. The views must outlive their reader.
struct FieldTexts {
  std::array<std::optional<std::string_view>, field_count> texts;

  std::optional<std::string_view>& operator[](Field field) { return texts[index_of(field)]; }
  const std::optional<std::string_view>& operator[](Field field) const { return texts[index_of(field)]; }
};

/// The person between the European Commission and the office. Personal data: never public, never in an event
/// in the clear, and can be erased.
struct Contact {
  PersonText name;
  std::optional<PersonText> role;
  Email email;
  std::optional<Phone> phone;

  friend bool operator==(const Contact&, const Contact&) = default;
};

/// What a partner sent on the form, every field parsed. The contact is there until it is erased.
struct Application {
  std::optional<Reference> reference;
  Name name;
  std::optional<Acronym> acronym;
  Categories categories;
  Level level;
  std::optional<MembershipBased> membership_based;
  std::optional<MemberCount> member_count;
  Country country;
  std::optional<City> city;
  std::optional<WebUrl> website;
  std::optional<LongText> description;
  std::optional<LongText> expertise;
  Practices practices;
  LanguageTag language;
  std::optional<Contact> contact;
  Date applied_on;

  friend bool operator==(const Application&, const Application&) = default;
};

/// A parsed application, or every problem that the form has.
using ApplicationResult = std::variant<Application, std::vector<Problem>>;

/// Reads a form. Fields not given or given empty are absent; `language` is then English and `applied_on`
/// today. Each problem carries its column; `required` names a required field that is absent.
ApplicationResult parse_application(const FieldTexts& texts, Date today);

/// `current` with the fields that are given: an empty text clears an optional field (and sets `language` back
/// to English), and is the problem `required` for a required one and for `applied_on`. A contact that was
/// erased comes back when its name and e-mail address are both given.
ApplicationResult amend_application(const Application& current, const FieldTexts& texts, Date today);

/// The field as CSV has it; empty when it is absent. The view is into the application or into `made`, where a
/// text that has to be put together is kept.
std::string_view field_view(const Application& application, Field field, std::string& made);

/// The same as a text of its own.
std::string field_text(const Application& application, Field field);

}  // namespace covenant
