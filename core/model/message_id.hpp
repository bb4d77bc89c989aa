#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"
#include "core/model/email.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// The Message-ID of a letter: "<AP-0031.2.", 32 hexadecimal digits, "@", the domain of the office and ">".
/// It has the partner, the number of its application and 128 bits that nobody can guess, so that an answer
/// leads back to both. Source: RFC 5322 section 3.6.4; covenant-letter(1), MAIL.
class MessageId {
 public:
  /// Reads exactly what `str` writes. Fails with `partner`.
  static Result<MessageId> parse(std::string_view text);

  /// `bits` are 16 random bytes; `application` counts from 1.
  MessageId(PartnerId partner, std::int64_t application, std::string_view bits, const Email& office);

  /// With its angle brackets.
  const std::string& str() const { return text_; }
  PartnerId partner() const { return partner_; }
  std::int64_t application() const { return application_; }
  friend bool operator==(const MessageId&, const MessageId&) = default;

 private:
  MessageId(PartnerId partner, std::int64_t application, std::string text)
      : partner_(partner), application_(application), text_(std::move(text)) {}

  PartnerId partner_;
  std::int64_t application_;
  std::string text_;
};

}  // namespace covenant
