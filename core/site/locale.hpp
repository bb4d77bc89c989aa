#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/language.hpp"

namespace covenant {

/// Whether Kosovo's name has an asterisk, which leads to a footnote on the same page.
enum class KosovoName { plain, with_footnote };

/// How a language calls countries and writes dates and numbers. Each is opened when first needed; answers are
/// remembered. Source: CLDR by ICU; for English the usage of Ireland, for countries `country_name`.
class Locale {
 public:
  explicit Locale(OfficialLanguage language, KosovoName kosovo = KosovoName::plain);
  Locale(const Locale&) = delete;
  Locale& operator=(const Locale&) = delete;
  ~Locale();

  /// "Latvia"; the views are valid as long as the locale.
  std::string_view country_name(const Country& country);
  /// "26 March 2012"
  std::string_view long_date(const Date& date);
  /// With the language's digit groups.
  std::string number(std::uint64_t number);
  /// About how many bytes a file has: "45 kB", "1.2 MB".
  std::string file_size(std::uint64_t bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a language calls itself: "latviešu", "English".
/// Source: Interinstitutional style guide, 7.2.1 (names and order).
std::string_view own_name(OfficialLanguage language);

/// The official languages in the alphabetical order of those names, as if all were written in Latin.
inline constexpr std::array<OfficialLanguage, official_language_count> by_own_name = {
    OfficialLanguage::bg, OfficialLanguage::es, OfficialLanguage::cs, OfficialLanguage::da,
    OfficialLanguage::de, OfficialLanguage::et, OfficialLanguage::el, OfficialLanguage::en,
    OfficialLanguage::fr, OfficialLanguage::ga, OfficialLanguage::hr, OfficialLanguage::it,
    OfficialLanguage::lv, OfficialLanguage::lt, OfficialLanguage::hu, OfficialLanguage::mt,
    OfficialLanguage::nl, OfficialLanguage::pl, OfficialLanguage::pt, OfficialLanguage::ro,
    OfficialLanguage::sk, OfficialLanguage::sl, OfficialLanguage::fi, OfficialLanguage::sv};

/// The code of a language in the Publications Office's authority table "language": "LAV", its ISO 639-3 code
/// in capitals.
std::string authority_code(OfficialLanguage language);

/// Whether the language is written from right to left.
bool is_right_to_left(const LanguageTag& language);

/// Whether a text has letters that are written from right to left, in well-formed UTF-8.
/// Source: Unicode Standard Annex 9, bidirectional classes R and AL, by their blocks.
bool has_right_to_left(std::string_view text);

}  // namespace covenant
