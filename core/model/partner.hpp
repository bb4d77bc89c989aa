#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

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
  std::optional<Date> renewed_on{};     ///< the last day on which it confirmed that partnership again
  std::optional<Date> partner_since{};  ///< the first joining day, kept over an ending
  std::optional<Date> ended_on{};       ///< absent again after a new application
  std::optional<EndReason> end_reason{};
  std::optional<Remark> end_note{};
  std::optional<PartnerId> successor{};
  std::optional<Date> contact_since{};  ///< on which the contact was recorded; lists and `show` find it
  std::optional<Date> contact_erased_on{};

  friend bool operator==(const Partner&, const Partner&) = default;
};

/// Whether all that is known of the partner was entered in error: it never joined, and then it is like
/// nobody.
inline bool was_only_an_error(const Partner& partner) {
  return partner.end_reason == EndReason::entered_in_error && !partner.partner_since;
}

template <>
struct FieldType<PartnerId> : TextFieldType<PartnerId> {
  static std::string pattern() { return "AP-[0-9]{4,}"; }
  static Result<PartnerId> parse(std::string_view text, Strictness strictness = Strictness::present);
};

/// The one list of columns, in the order in which every list of them is shown: the id, the fields of the
/// form, then the status and its days. Lists, events and the public list follow from it.
inline constexpr auto column_list = std::tuple_cat(
    std::tuple{Listed{&Partner::id, "id", "", everybody("Identifier, never reused")}}, field_list,
    std::tuple{
        Listed{&Partner::status, "status", "", only_office},
        Listed{&Partner::verified_on, "verified_on", "", only_office},
        Listed{&Partner::approved_on, "approved_on", "", only_office},
        Listed{&Partner::renewed_on, "renewed_on", "", only_office},
        Listed{&Partner::ended_on, "ended_on", "", only_office},
        Listed{&Partner::end_reason, "end_reason", "", only_office},
        Listed{&Partner::end_note, "end_note", "", only_office},
        Listed{&Partner::successor, "successor", "", only_office},
        Listed{&Partner::partner_since, "partner_since", "", everybody("Day of the first joining")},
        Listed{&Partner::contact_since, "contact_since", "", only_office},
        Listed{&Partner::contact_erased_on, "contact_erased_on", "", only_office},
    });

/// The value of a column; null when it is absent.
template <class T>
const T* value_at(const Partner& partner, T Application::*member) {
  return value_at(partner.application, member);
}

template <class T>
const T* value_at(const Partner& partner, std::optional<T> Application::*member) {
  return value_at(partner.application, member);
}

template <class T>
const auto* value_at(const Partner& partner, OfContact<T> place) {
  return value_at(partner.application, place);
}

/// A column: its place in the list. `"name"_column` is one by its name.
enum class Column : std::uint8_t {};

template <>
struct Codes<Column> {
  static constexpr auto codes = names_of(column_list);
};

inline constexpr std::size_t column_count = Codes<Column>::codes.size();
inline constexpr auto column_infos = infos_of(column_list);

constexpr std::size_t index_of(Column column) {
  return static_cast<std::size_t>(column);
}

constexpr const FieldInfo& info_of(Column column) {
  return column_infos[index_of(column)];
}

constexpr ColumnShape shape_of(Column column) {
  return info_of(column).shape;
}

consteval Column operator""_column(const char* name, std::size_t size) {
  return static_cast<Column>(place_of({name, size}, Codes<Column>::codes));
}

/// The column that follows from the history alone, and is neither stored nor recorded.
inline constexpr Column derived_column = "contact_since"_column;

constexpr bool is_derived(Column column) {
  return column == derived_column;
}

/// Every column, in order.
inline constexpr std::array<Column, column_count> all_columns = [] {
  std::array<Column, column_count> all{};
  for (std::size_t i = 0; i < column_count; ++i) all[i] = static_cast<Column>(i);
  return all;
}();

/// The column as CSV has it; empty when it is absent. The view is into the partner or into `made`, where a
/// text that has to be put together is kept.
std::string_view column_view(const Partner& partner, Column column, std::string& made);

/// The same as a text of its own; nothing when it is absent.
std::optional<std::string> column_text(const Partner& partner, Column column);

/// A partner as a list has it: the columns that were asked for, in that order, as CSV has them; empty where
/// they are absent. The views are valid until the next row.
struct ListedRow {
  Status status;
  std::span<const std::string_view> texts;
};

}  // namespace covenant
