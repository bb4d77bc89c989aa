#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/text/utf8.hpp"

namespace covenant {

/// The text as searches see it: case folded, without diacritics, runs of white space made one blank.
/// `text` is well-formed UTF-8.
std::string search_key(std::string_view text);

/// A text to look for in many others.
class SearchTerm {
 public:
  explicit SearchTerm(std::string_view text);

  /// Whether the `search_key` of `text` contains the one of the term. Most texts are only looked through for
  /// the longest word of the term, without making their keys. Bytes that are not well-formed UTF-8 match
  /// nothing.
  bool is_in(std::string_view text);

 private:
  bool has_word(std::string_view text);

  std::string key_;
  std::string word_;    ///< the longest part of the key without a blank
  bool is_ascii_;       ///< whether that part is
  std::string folded_;  ///< of the text that is being looked through; its memory is used again
};

/// Well-formed UTF-8 in Unicode Normalization Form C. Source: Unicode Standard Annex 15.
std::string to_nfc(std::string_view text);

/// The key by which two names are the same: case folded (full), without diacritics, punctuation, white space
/// and invisible characters; letters with a stroke (ø, ł, đ, ħ, ŧ) are their plain letters. A name of nothing
/// else keeps its characters. Not for reading. Source: covenant-fields(7), DUPLICATES.
std::string similarity_key(std::string_view text);

/// Folds texts letter by letter, each letter of the Latin, Greek and Cyrillic blocks by a slower fold that is
/// asked once. The fold must be one that treats each letter alone.
class LetterTable {
 public:
  using Fold = std::string (*)(std::string_view letter);

  explicit LetterTable(Fold of_letter) : fold_(of_letter) {}

  /// Gives each letter's fold to `add`; false, and perhaps only a part was given, when the text has combining
  /// marks, whose order matters, or other scripts.
  template <class Add>
  bool fold(std::string_view text, Add add) {
    while (!text.empty()) {
      const std::string_view here = text;
      const char32_t c = take_code_point(text);
      if (c >= letters_.size() || is_combining(c)) return false;
      auto& letter = letters_[c];
      if (!letter) letter = fold_(here.substr(0, here.size() - text.size()));
      add(std::string_view(*letter));
    }
    return true;
  }

 private:
  static constexpr bool is_combining(char32_t c) {
    return (c >= 0x300 && c < 0x370) || (c >= 0x483 && c < 0x48A);
  }

  static constexpr std::size_t end_of_cyrillic = 0x530;

  Fold fold_;
  std::array<std::optional<std::string>, end_of_cyrillic> letters_;
};

}  // namespace covenant
