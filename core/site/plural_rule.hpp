#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/model/language.hpp"

namespace covenant {

/// How many plural forms a language has for whole numbers, and which of them a number takes.
struct PluralRule {
  /// The forms' categories in their order ("zero", "one", "two", "few", "many", "other").
  std::vector<std::string_view> categories;
  /// The place in `categories` of the form that a number takes.
  std::size_t (*form)(std::uint64_t number);
};

/// Source: CLDR 42, Language Plural Rules, cardinal numbers, for whole numbers below a million.
const PluralRule& plural_rule(OfficialLanguage language);

}  // namespace covenant
