#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/code.hpp"
#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/language.hpp"
#include "core/model/partner.hpp"
#include "core/model/practice.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// The columns that everybody may see, in the order in which every public format has them. It follows from
/// the list of columns.
inline constexpr auto public_columns = [] {
  constexpr auto count =
      static_cast<std::size_t>(std::count_if(all_columns.begin(), all_columns.end(), [](Column column) {
        return info_of(column).publicity.is_public();
      }));
  std::array<Column, count> found{};
  std::size_t next = 0;
  const auto add = [&](const auto& self, Column column) -> void {
    found[next++] = column;
    for (const Column other : all_columns) {
      if (info_of(other).publicity.after == code_of(column)) self(self, other);
    }
  };
  for (const Column column : all_columns) {
    const Publicity& publicity = info_of(column).publicity;
    if (publicity.is_public() && publicity.after.empty()) add(add, column);
  }
  if (next != count) throw "a public field follows one that is not public";
  return found;
}();

/// How many fields everybody may see.
inline constexpr std::size_t public_field_count = public_columns.size();

/// A listed partner as everybody may see it: its public fields as CSV has them, in their order, empty where
/// they are absent. A contact person has no place in it. The views are valid until the next partner.
using PublicTexts = std::array<std::string_view, public_field_count>;

/// A practice within the text of several, as it is stored.
struct PracticeView {
  std::string_view title;
  std::string_view url;  ///< empty when it has none
};

/// Takes the first practice off a stored text (see `to_text`), which is not empty. Parses nothing again: a
/// practice without a url never ends in '>'.
PracticeView take_practice(std::string_view& text);

/// The listed partner into which another one merged.
struct Successor {
  PartnerId id;
  Name name;
};

/// What the public sees of a partner that was listed and is no longer.
struct FormerPartner {
  PartnerId id;
  Name name;
  Date joined;
  Date ended;
  std::optional<Successor> successor{};
};

/// What is known of a public list before its first row.
struct PublicSummary {
  std::int64_t count = 0;  ///< partners
  std::array<std::int64_t, code_count<Category>>
      by_category{};  ///< in the order of `Category`; a partner counts in each
  std::vector<std::pair<Country, std::int64_t>> by_country;  ///< those present, by code
  std::int64_t sequence = 0;  ///< the last event that changed what the whole list shows; 0 before the first
  std::optional<Date> modified;  ///< its day
};

/// What may be news of the public list.
enum class PublicChangeKind { joined, ended, practices };

template <>
struct Codes<PublicChangeKind> {
  static constexpr std::array<std::string_view, 3> codes = {"joined", "ended", "practices"};
};

enum class IsListed { no, yes };

/// One joining, ending or addition of practices, as everybody may see it. What the partner says of itself is
/// present only while it is listed.
struct PublicChange {
  PublicChangeKind kind;
  Date day;              ///< of receipt, of ending, of recording
  std::int64_t ordinal;  ///< among the changes of one kind and partner; permanent, from 1
  PartnerId partner;
  Name name;
  LanguageTag language;
  IsListed listed;  ///< today
  std::optional<WebUrl> website;
  std::optional<LongText> description;
  Practices practices;              ///< those that came, where that is the change
  std::optional<Date> first_day{};  ///< the day as it was first recorded, where it may have been corrected
};

/// A public field: its place among `public_columns`. `"name"_public` is one by its name.
enum class PublicField : std::uint8_t {};

template <>
struct Codes<PublicField> {
  static constexpr std::array<std::string_view, public_field_count> codes = [] {
    std::array<std::string_view, public_field_count> names{};
    for (std::size_t i = 0; i < public_field_count; ++i) names[i] = code_of(public_columns[i]);
    return names;
  }();
};

constexpr std::size_t index_of(PublicField field) {
  return static_cast<std::size_t>(field);
}

constexpr const FieldInfo& info_of(PublicField field) {
  return info_of(public_columns[index_of(field)]);
}

consteval PublicField operator""_public(const char* name, std::size_t size) {
  return static_cast<PublicField>(place_of({name, size}, Codes<PublicField>::codes));
}

static_assert(std::none_of(public_columns.begin(), public_columns.end(),
                           [](Column column) { return info_of(column).is_of_contact; }),
              "a contact is never public");

}  // namespace covenant
