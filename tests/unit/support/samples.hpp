#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/model/partner.hpp"

namespace covenant::samples {

/// The value of a text that is known to be valid.
template <class T>
T parsed(std::string_view text) {
  auto result = T::parse(text);
  REQUIRE_MESSAGE(result.ok(), text);
  return *std::move(result);
}

inline Date day(std::string_view text) {
  return parsed<Date>(text);
}

using Given = std::vector<std::pair<Field, std::string_view>>;

/// The texts of the smallest form that is valid, with others in place of them or beside them.
inline FieldTexts form(const Given& given = {}) {
  FieldTexts texts;
  texts["name"_field] = "Union of the Baltic Cities";
  texts["categories"_field] = "civil-society";
  texts["level"_field] = "european";
  texts["country"_field] = "PL";
  texts["contact_name"_field] = "A. Contact";
  texts["contact_email"_field] = "office@example.org";
  for (const auto& [field, text] : given) texts[field] = text;
  return texts;
}

inline Application application(const Given& given = {}) {
  auto result = ParsedForm(form(given), day("2026-11-23")).application();
  REQUIRE(result.ok());
  return *std::move(result);
}

inline Partner partner(std::int64_t number, const Given& given = {}, Status status = Status::applied) {
  return Partner{.id = PartnerId(number), .application = application(given), .status = status};
}

}  // namespace covenant::samples
