#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace covenant {

/// The alphabetical order of a language. Source: Unicode Technical Standard 10 and CLDR, by ICU.
class Collator {
 public:
  /// `language` is a BCP 47 tag; one that ICU has no rules for gets the root order.
  explicit Collator(std::string_view language);
  Collator(const Collator&) = delete;
  Collator& operator=(const Collator&) = delete;
  ~Collator();

  /// Bytes whose order is the order of the texts. Not for reading, and only comparable within one `version`.
  std::string key(std::string_view text);

  /// The version of the rules, for keys that are stored.
  static std::string version();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace covenant
