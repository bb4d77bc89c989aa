#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace covenant {

/// The office's own number for a form: 1 to 64 of `A-Z a-z 0-9 . _ / -`, not all digits and not like an id.
class Reference {
 public:
  /// Fails with `reference`.
  static Result<Reference> parse(std::string_view text);

  const std::string& str() const { return text_; }
  friend bool operator==(const Reference&, const Reference&) = default;

 private:
  explicit Reference(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace covenant
