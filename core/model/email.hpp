#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace covenant {

/// One e-mail address, at most 254 characters.
/// Source: HTML Living Standard, "valid e-mail address" (#valid-e-mail-address); RFC 5321 section 4.5.3.1.3.
class Email {
 public:
  /// Fails with `email` or `too-long`.
  static Result<Email> parse(std::string_view text);

  const std::string& str() const { return text_; }
  std::string_view domain() const { return std::string_view(text_).substr(text_.rfind('@') + 1); }
  friend bool operator==(const Email&, const Email&) = default;

 private:
  explicit Email(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace covenant
