#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace covenant {

/// An international telephone number: '+' and 1 to 15 digits, kept without separators.
/// Source: ITU-T E.164 section 6.
class Phone {
 public:
  /// Drops spaces, dots, dashes (typographic ones too) and brackets. Fails with `phone`, also on a zero
  /// alone in brackets.
  static Result<Phone> parse(std::string_view text);

  /// The number of one that begins with 00; nothing for any other text.
  static std::optional<std::string> suggest(std::string_view text);

  const std::string& str() const { return text_; }
  friend bool operator==(const Phone&, const Phone&) = default;

 private:
  explicit Phone(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace covenant
