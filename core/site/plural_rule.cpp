#include "core/site/plural_rule.hpp"

#include <unicode/plurrule.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/base/error.hpp"

namespace covenant {

namespace {

constexpr std::array<std::string_view, 6> every_category = {"zero", "one", "two", "few", "many", "other"};

/// ICU lists categories that only fractions and millions take, too. No rule for whole numbers below a million
/// looks at more than the last two digits and whether there are others.
constexpr std::uint64_t enough_numbers = 200;

}  // namespace

struct PluralRule::Rules {
  std::unique_ptr<icu::PluralRules> icu;
};

PluralRule::PluralRule(OfficialLanguage language) : rules_(std::make_unique<Rules>()) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(std::string(published_tag(language)), error);
  rules_->icu.reset(icu::PluralRules::forLocale(locale, error));
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, std::string("ICU: ") + u_errorName(error));
  std::array<bool, every_category.size()> is_taken{};
  for (std::uint64_t number = 0; number < enough_numbers; ++number) is_taken[category(number)] = true;
  for (std::size_t i = 0; i < every_category.size(); ++i) {
    if (is_taken[i]) categories_.push_back(every_category[i]);
  }
}

PluralRule::PluralRule(PluralRule&& other) noexcept = default;
PluralRule& PluralRule::operator=(PluralRule&& other) noexcept = default;
PluralRule::~PluralRule() = default;

const PluralRule& PluralRule::of(OfficialLanguage language) {
  static std::array<std::optional<PluralRule>, official_language_count> rules;
  auto& rule = rules[static_cast<std::size_t>(language)];
  if (!rule) rule = PluralRule(language);
  return *rule;
}

std::size_t PluralRule::category(std::uint64_t number) const {
  std::string name;
  rules_->icu->select(static_cast<double>(number)).toUTF8String(name);
  const auto found = std::find(every_category.begin(), every_category.end(), name);
  if (found == every_category.end()) throw Error(ErrorKind::fault, "ICU: a plural category '" + name + "'");
  return static_cast<std::size_t>(found - every_category.begin());
}

std::size_t PluralRule::form(std::uint64_t number) const {
  const std::string_view name = every_category[category(number)];
  const auto found = std::find(categories_.begin(), categories_.end(), name);
  return std::min(static_cast<std::size_t>(found - categories_.begin()), categories_.size() - 1);
}

}  // namespace covenant
