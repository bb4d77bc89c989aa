#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/code.hpp"
#include "core/model/date.hpp"
#include "core/model/language.hpp"
#include "core/model/partner_id.hpp"
#include "core/model/practice.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

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

}  // namespace covenant
