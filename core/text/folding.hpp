#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// The text as searches see it: case folded, in compatible characters, without diacritics, strokes,
/// punctuation but for percent signs, apostrophes and invisible characters, runs of white space made one
/// blank. `text` is well-formed UTF-8.
std::string search_key(std::string_view text);

/// The same with the punctuation, of which apostrophes are one and hyphens one.
std::string word_key(std::string_view text);

/// A text to look for in many others.
class SearchTerm {
 public:
  explicit SearchTerm(std::string_view text);

  /// Whether the `search_key` of `text` contains the one of the term, or, where that is empty, the text the
  /// term. Most texts are only looked through, without making their keys.
  /// Bytes that are not well-formed UTF-8 match nothing.
  bool is_in(std::string_view text) const;

 private:
  std::string text_;
  std::string key_;
  bool is_ascii_;  ///< whether the key is
};

/// Well-formed UTF-8 in Unicode Normalization Form C. Source: Unicode Standard Annex 15.
std::string to_nfc(std::string_view text);

/// The key by which two names are the same: case folded (full, the dotless i with i), in compatible
/// characters, without diacritics, punctuation, apostrophes, white space and invisible characters; letters
/// with a stroke (ø, ł, đ, ħ, ŧ) are their plain letters. Marks that make a letter of its own (Cyrillic й,
/// kana with dakuten) stay. A name of nothing else keeps its characters. Not for reading. Source:
/// covenant-fields(7), DUPLICATES.
std::string similarity_key(std::string_view text);

/// The same without those marks either; of a text of nothing else, nothing.
std::string bare_key(std::string_view text);

}  // namespace covenant
