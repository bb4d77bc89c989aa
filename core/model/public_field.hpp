#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/public_list.hpp"

namespace covenant {

/// What everybody may see of a listed partner, in the order in which every format has it: the one list of
/// public fields. Source: product.md section 9.
enum class PublicField {
  id,
  name,
  acronym,
  categories,
  level,
  country,
  city,
  website,
  member_count,
  description,
  expertise,
  practices,
  language,
  partner_since,
};

template <>
struct Codes<PublicField> {
  static constexpr std::array<std::string_view, public_field_count> codes = {
      "id",      "name",         "acronym",     "categories", "level",     "country",  "city",
      "website", "member_count", "description", "expertise",  "practices", "language", "partner_since"};
};

/// The field as CSV has it, empty when it is absent. The view holds as long as `partner` and `scratch` stay
/// as they are.
std::string_view public_text(const PublicPartner& partner, PublicField field, std::string& scratch);

}  // namespace covenant
