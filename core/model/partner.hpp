#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/codes.hpp"
#include "core/model/date.hpp"
#include "core/model/form.hpp"
#include "core/model/status.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// A partner's number, from 1; assigned by the registry, never reused, never changed.
class PartnerId {
 public:
  explicit constexpr PartnerId(std::int64_t number) : number_(number) {}

  /// Reads "AP-0031", "AP-31" (either case) or "31"; nothing when the text is not like an id.
  static std::optional<PartnerId> parse(std::string_view text);

  std::int64_t number() const { return number_; }
  /// "AP-" and the number in at least four digits.
  std::string str() const;
  friend auto operator<=>(const PartnerId&, const PartnerId&) = default;

 private:
  std::int64_t number_;
};

/// An organisation in the registry, whatever its status.
struct Partner {
  PartnerId id;
  Application application;
  Status status;
  std::optional<Date> verified_on{};    ///< the last verification of the present application
  std::optional<Date> approved_on{};    ///< the day the present or last partnership became official
  std::optional<Date> partner_since{};  ///< the first joining day, kept over an ending
  std::optional<Date> ended_on{};       ///< absent again after a new application
  std::optional<EndReason> end_reason{};
  std::optional<Note> end_note{};
  std::optional<PartnerId> successor{};
  std::optional<Date> contact_erased_on{};

  friend bool operator==(const Partner&, const Partner&) = default;
};

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

/// The columns, from the first, that JSON lists have by default (covenant-csv(5), LISTS); `show` has
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

/// A partner as a list has it: the columns that were asked for, in that order, as CSV has them; empty where
/// they are absent. The views hold until the next row.
struct ListedRow {
  Status status;
  std::span<const std::string_view> texts;
};

}  // namespace covenant
