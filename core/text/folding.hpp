#pragma once

#include <string>
#include <string_view>

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
  bool is_in(std::string_view text) const;

 private:
  std::string key_;
  std::string word_;  ///< the longest part of the key without a blank
  bool is_ascii_;     ///< whether that part is
};

/// Well-formed UTF-8 in Unicode Normalization Form C. Source: Unicode Standard Annex 15.
std::string to_nfc(std::string_view text);

/// The key by which two names are the same: case folded (full), without diacritics, punctuation, white space
/// and invisible characters; letters with a stroke (ø, ł, đ, ħ, ŧ) are their plain letters. A name of nothing
/// else keeps its characters. Not for reading. Source: covenant-fields(7), DUPLICATES.
std::string similarity_key(std::string_view text);

}  // namespace covenant
