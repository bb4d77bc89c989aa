#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// What lists and events say of a partner: the id, the fields of the form in their order, then where it
/// stands.
enum class Column {
  id,
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
  status,
  verified_on,
  approved_on,
  ended_on,
  end_reason,
  partner_since,
  end_note,
  successor,
  contact_erased_on,
};

inline constexpr std::size_t column_count = 29;

/// The columns, from the first, that JSON lists have unless told otherwise (product.md section 8); `show` has
/// all.
inline constexpr std::size_t listed_column_count = 25;

template <>
struct Codes<Column> {
  static constexpr std::array<std::string_view, column_count> codes = {"id",
                                                                       "reference",
                                                                       "name",
                                                                       "acronym",
                                                                       "categories",
                                                                       "level",
                                                                       "membership_based",
                                                                       "member_count",
                                                                       "country",
                                                                       "city",
                                                                       "website",
                                                                       "description",
                                                                       "expertise",
                                                                       "practices",
                                                                       "language",
                                                                       "contact_name",
                                                                       "contact_role",
                                                                       "contact_email",
                                                                       "contact_phone",
                                                                       "applied_on",
                                                                       "status",
                                                                       "verified_on",
                                                                       "approved_on",
                                                                       "ended_on",
                                                                       "end_reason",
                                                                       "partner_since",
                                                                       "end_note",
                                                                       "successor",
                                                                       "contact_erased_on"};
};

/// How a column's text is written in JSON: as a string, a number, or an array (categories split at ';',
/// practices at line feeds).
enum class ColumnShape { text, number, categories, practices };

constexpr ColumnShape shape_of(Column column) {
  switch (column) {
    case Column::member_count:
      return ColumnShape::number;
    case Column::categories:
      return ColumnShape::categories;
    case Column::practices:
      return ColumnShape::practices;
    default:
      return ColumnShape::text;
  }
}

/// The column as CSV has it; empty when it is absent. The view is into the partner or into `made`, where a
/// text that has to be put together is kept.
std::string_view column_view(const Partner& partner, Column column, std::string& made);

/// The same as a text of its own; nothing when it is absent.
std::optional<std::string> column_text(const Partner& partner, Column column);

}  // namespace covenant
