#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/code.hpp"
#include "core/base/result.hpp"

namespace covenant {

/// A language, in the canonical form of its tag ("lv", "sr-Latn", "pt-BR").
/// Source: BCP 47 (RFC 5646 section 2.2.9, well-formed), with a primary language that ISO 639 knows, or a
/// country's code that is often taken for one ("cz").
class LanguageTag {
 public:
  /// Fails with `choice`.
  static Result<LanguageTag> parse(std::string_view text);
  static LanguageTag english() { return LanguageTag("en"); }

  /// The tag that was more likely meant by one whose code is a country's ("ee", "se", "cz"), or whose region
  /// is not ISO 3166-1's ("en-UK"); nothing for any other.
  std::optional<std::string> find_likelier() const;

  const std::string& str() const { return text_; }
  friend bool operator==(const LanguageTag&, const LanguageTag&) = default;

 private:
  explicit LanguageTag(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

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

/// The BCP 47 tag of what is published in a language. Portuguese is that of Portugal: the code alone is read
/// as that of Brazil, whose spelling, country names and plural of zero differ.
constexpr std::string_view published_tag(OfficialLanguage language) {
  return language == OfficialLanguage::pt ? "pt-PT" : code_of(language);
}

/// The BCP 47 tag for texts of a language, as a `LanguageTag` has it: that of the language which was meant,
/// where the code is a country's and no language's ("cs" for "cz").
std::string_view published_tag(std::string_view language);

}  // namespace covenant
