#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// A name, or an e-mail address, to find in texts as whole words: letters and digits end where it does.
class WordTerm {
 public:
  explicit WordTerm(std::string_view text);

  /// Whether `text`, which is well-formed UTF-8, has the term, compared by its `word_key`; in names a hyphen
  /// is a blank.
  bool is_in(std::string_view text) const;
  /// A part of its key that has no blank, the longest.
  const std::string& longest_word() const { return longest_word_; }
  bool is_address() const { return is_address_; }

 private:
  std::string key_;
  std::string longest_word_;
  bool is_address_;
};

}  // namespace covenant
