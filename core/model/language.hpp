#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace covenant {

/// A language, in the canonical form of its tag ("lv", "sr-Latn", "pt-BR").
/// Source: BCP 47 (RFC 5646 section 2.2.9, well-formed), with a primary language that ISO 639 knows.
class LanguageTag {
 public:
  /// Fails with `choice`.
  static Result<LanguageTag> parse(std::string_view text);
  static LanguageTag english() { return LanguageTag("en"); }

  const std::string& str() const { return text_; }
  friend bool operator==(const LanguageTag&, const LanguageTag&) = default;

 private:
  explicit LanguageTag(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace covenant
