#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace covenant {

/// The letters under which a language sorts names, those of Latin, Greek and Cyrillic in any case. They are
/// in the order of its `Collator`. Source: CLDR exemplar index characters, by ICU.
class Alphabet {
 public:
  /// `language` is a BCP 47 tag.
  explicit Alphabet(std::string_view language);
  Alphabet(const Alphabet&) = delete;
  Alphabet& operator=(const Alphabet&) = delete;
  ~Alphabet();

  /// The place of the letter of a name, which is well-formed UTF-8.
  std::size_t place(std::string_view name) const;
  /// The letter in that place; "#" for signs and digits, "…" for other scripts.
  std::string letter(std::size_t place) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace covenant
