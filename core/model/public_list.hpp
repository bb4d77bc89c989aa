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
#include "core/model/member_count.hpp"
#include "core/model/partner.hpp"
#include "core/model/practice.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// A listed partner as everybody may see it. A contact person has nowhere to stand in it.
struct PublicPartner {
  PartnerId id;
  Name name;
  std::optional<Acronym> acronym;
  Categories categories;
  Level level;
  Country country;
  std::optional<City> city;
  std::optional<WebUrl> website;
  std::optional<MemberCount> member_count;
  std::optional<LongText> description;
  std::optional<LongText> expertise;
  Practices practices;
  LanguageTag language;
  Date partner_since;
};

/// How many fields everybody may see.
inline constexpr std::size_t public_field_count = 14;

/// The public fields of a listed partner as CSV has them, empty where they are absent, in the order of
/// covenant-export(1). The views are valid until the next partner.
using PublicTexts = std::array<std::string_view, public_field_count>;

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
/// there only while it is listed.
struct PublicChange {
  PublicChangeKind kind;
  Date day;              ///< of receipt, of ending, of recording
  std::int64_t ordinal;  ///< tells changes of one kind and partner apart, for ever; from 1
  PartnerId partner;
  Name name;
  LanguageTag language;
  IsListed listed;  ///< today
  std::optional<WebUrl> website;
  std::optional<LongText> description;
  Practices practices;  ///< those that came, where that is the change
};

/// What everybody may see of a listed partner, in the order in which every format has it: the one list of
/// public fields. Source: covenant-fields(7), PUBLIC FIELDS.
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
