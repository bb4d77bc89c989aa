#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/official_language.hpp"
#include "core/site/message_file.hpp"
#include "core/site/plural_rule.hpp"

namespace covenant {

/// Marks a message for the catalogues where it is named before it is looked up; gives it back.
constexpr std::string_view translatable(std::string_view english) {
  return english;
}

/// The texts of the public list in one language. A message is its English text; one that a language lacks
/// stays English. Placeholders stand in braces, "{count} partners". Source: `core/output/po`, one file a
/// language, compiled in.
class Catalogue {
 public:
  static const Catalogue& of(OfficialLanguage language);

  OfficialLanguage language() const { return language_; }
  std::string_view code() const { return code_of(language_); }
  /// The plural categories of the language, in the order of its forms.
  const std::vector<std::string_view>& plural_categories() const { return plural_->categories; }

  /// What the message is in this language.
  std::string_view text(std::string_view english) const;
  /// What the message is for a number of things.
  std::string_view plural(std::string_view one, std::string_view other, std::uint64_t number) const;
  /// The message in that place of `plural_categories`.
  std::string_view plural_form(std::string_view one, std::string_view other, std::size_t form) const;

 private:
  explicit Catalogue(OfficialLanguage language);

  OfficialLanguage language_;
  const PluralRule* plural_;
  std::optional<MessageFile> messages_;  ///< English has none
};

}  // namespace covenant
