#pragma once

#include <array>
#include <string_view>

#include "core/base/code.hpp"

namespace covenant {

/// The languages in which the public list is published.
/// Source: Council Regulation No 1 of 1958, article 1, as amended in 2013: the official languages of the
/// Union.
enum class OfficialLanguage {
  bg,
  cs,
  da,
  de,
  el,
  en,
  es,
  et,
  fi,
  fr,
  ga,
  hr,
  hu,
  it,
  lt,
  lv,
  mt,
  nl,
  pl,
  pt,
  ro,
  sk,
  sl,
  sv
};

inline constexpr std::size_t official_language_count = 24;

/// The codes are those of ISO 639-1.
template <>
struct Codes<OfficialLanguage> {
  static constexpr std::array<std::string_view, official_language_count> codes = {
      "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr",
      "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"};
};

}  // namespace covenant
