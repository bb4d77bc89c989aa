#include "core/model/language.hpp"

#include <fmt/format.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// A code that is a country's, and the language that is meant by it.
struct CountryCode {
  std::string_view code;
  std::string_view language;
  bool is_language = false;  ///< whether it is the code of another language too
};

constexpr std::array<CountryCode, 11> country_codes = {{{"ee", "et", true},
                                                        {"se", "sv", true},
                                                        {"si", "sl", true},
                                                        {"ie", "ga", true},
                                                        {"cz", "cs"},
                                                        {"dk", "da"},
                                                        {"gr", "el"},
                                                        {"ua", "uk"},
                                                        {"rs", "sr"},
                                                        {"at", "de"},
                                                        {"gb", "en"}}};

const CountryCode* find_country_code(std::string_view tag) {
  const auto* const found = std::find_if(country_codes.begin(), country_codes.end(),
                                         [&](const CountryCode& entry) { return entry.code == tag; });
  return found == country_codes.end() ? nullptr : found;
}

Problem refuse(std::string_view text) {
  std::string hyphenated(trimmed(text));
  std::replace(hyphenated.begin(), hyphenated.end(), '_', '-');
  if (hyphenated != trimmed(text)) {
    if (const auto tag = LanguageTag::parse(hyphenated)) {
      return Problem::of(
          ProblemCode::choice, text,
          fmt::format("{} is not a language tag; did you mean '{}'?", revealed_in_quotes(text), tag->str()));
    }
  }
  return Problem::of(ProblemCode::choice, text,
                     fmt::format("{} is not a language tag; write one like 'lv'", revealed_in_quotes(text)));
}

}  // namespace

Result<LanguageTag> LanguageTag::parse(std::string_view text) {
  const std::string tag(trimmed(text));
  if (from_code<OfficialLanguage>(tag)) return LanguageTag(tag);
  if (const CountryCode* country = find_country_code(lower_case(tag)))
    return LanguageTag(std::string(country->code));
  std::array<char, 128> locale{};
  std::array<char, 128> canonical{};
  UErrorCode error = U_ZERO_ERROR;
  int32_t parsed = 0;
  uloc_forLanguageTag(tag.c_str(), locale.data(), static_cast<int32_t>(locale.size()), &parsed, &error);
  if (U_FAILURE(error) || static_cast<std::size_t>(parsed) != tag.size() ||
      *uloc_getISO3Language(locale.data()) == '\0') {
    return refuse(text);
  }
  const int32_t size =
      uloc_toLanguageTag(locale.data(), canonical.data(), static_cast<int32_t>(canonical.size()), 1, &error);
  if (U_FAILURE(error) || size <= 0 || error == U_STRING_NOT_TERMINATED_WARNING) return refuse(text);
  return LanguageTag(std::string(canonical.data(), static_cast<std::size_t>(size)));
}

std::optional<std::string> LanguageTag::find_likelier() const {
  if (const CountryCode* country = find_country_code(text_)) return std::string(country->language);
  for (const auto& [wrong, right] : {std::pair("-UK", "-GB"), std::pair("-EL", "-GR")}) {
    if (text_.ends_with(wrong)) return text_.substr(0, text_.size() - 3) + right;
  }
  return std::nullopt;
}

std::string_view published_tag(std::string_view language) {
  const CountryCode* country = find_country_code(language);
  return country == nullptr || country->is_language ? language : country->language;
}

}  // namespace covenant
