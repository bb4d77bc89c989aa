#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

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

}  // namespace covenant
