#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/language.hpp"
#include "core/model/level.hpp"
#include "core/model/member_count.hpp"
#include "core/model/partner_id.hpp"
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
/// product.md section 9. The views hold until the next partner.
using PublicTexts = std::array<std::string_view, public_field_count>;

}  // namespace covenant
