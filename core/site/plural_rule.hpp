#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/model/language.hpp"

namespace covenant {

/// How many plural forms a language has for whole numbers, and which of them a number takes.
/// Source: CLDR, Language Plural Rules, cardinal numbers, by ICU, for whole numbers below a million.
class PluralRule {
 public:
  /// The rule of a language; opened when it is first asked for.
  static const PluralRule& of(OfficialLanguage language);

  PluralRule(const PluralRule&) = delete;
  PluralRule& operator=(const PluralRule&) = delete;
  PluralRule(PluralRule&& other) noexcept;
  PluralRule& operator=(PluralRule&& other) noexcept;
  ~PluralRule();

  /// The forms' categories in their order ("zero", "one", "two", "few", "many", "other").
  const std::vector<std::string_view>& categories() const { return categories_; }
  /// The place in `categories` of the form that a number takes; from a million on that of the last.
  std::size_t form(std::uint64_t number) const;

 private:
  struct Rules;

  explicit PluralRule(OfficialLanguage language);
  /// Among all categories there are.
  std::size_t category(std::uint64_t number) const;

  std::unique_ptr<Rules> rules_;
  std::vector<std::string_view> categories_;
};

}  // namespace covenant
