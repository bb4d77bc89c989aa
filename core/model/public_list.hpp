#pragma once

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

/// How many fields everybody may see.
inline constexpr std::size_t public_field_count = 14;

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

/// What the public sees of a partner that was listed and is no longer.
struct FormerPartner {
  PartnerId id;
  Name name;
  Date joined;
  Date ended;
};

/// What is known of a public list before its first row.
struct PublicSummary {
  std::int64_t count = 0;                     ///< partners
  std::array<std::int64_t, 4> by_category{};  ///< in the order of `Category`; a partner counts in each
  std::vector<std::pair<Country, std::int64_t>> by_country;  ///< those present, by code
  std::optional<Date> modified;  ///< the last change shown; nothing on an empty registry
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
  Practices practices;  ///< those that came, where that is the change
};

/// What everybody may see of a listed partner, in the order in which every format has it: the one list of
/// public fields.
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

/// The columns that the public fields are, in their order.
inline constexpr auto public_columns = [] {
  std::array<Column, public_field_count> columns{};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i] = from_code<Column>(Codes<PublicField>::codes[i]).value();
  }
  return columns;
}();

}  // namespace covenant
