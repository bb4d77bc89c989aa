#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/model/instant.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// What is known of a signature, from the best to the worst. Source: covenant-inspect(1), VERDICTS.
enum class SignatureVerdict {
  valid,            ///< it covers the whole document and leads to a trusted certificate
  valid_untrusted,  ///< it covers the whole document, and its certificate leads to none that is trusted
  unchecked,        ///< there is none, or it is of a kind that is not read
  invalid,          ///< altered, changed after signing, expired, from another document
};

template <>
struct Codes<SignatureVerdict> {
  static constexpr std::string_view noun = "a verdict";
  static constexpr std::array<std::string_view, 4> codes = {"valid", "valid-untrusted", "unchecked",
                                                            "invalid"};
};

/// How much of a document a signature covers.
enum class Coverage { whole, part };

template <>
struct Codes<Coverage> {
  static constexpr std::string_view noun = "a coverage";
  static constexpr std::array<std::string_view, 2> codes = {"whole", "part"};
};

/// One signature of a document, and the certificate of who made it. What its certificate does not say, or
/// what could not be read, is absent.
struct Signature {
  SignatureVerdict verdict = SignatureVerdict::unchecked;
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::optional<std::string> organisation;
  std::optional<std::string> country;
  std::optional<std::string> serial;  ///< hexadecimal
  std::optional<std::string> issuer;
  std::optional<std::string> certificate;  ///< SHA-256 of the signer's, in DER
  std::optional<std::string> anchor;       ///< SHA-256 of the trusted one that it leads to
  std::optional<Instant> not_before;
  std::optional<Instant> not_after;
  std::optional<Instant> signed_at;  ///< the signer's own word, which proves nothing
  std::optional<Instant> timestamp;  ///< of a time stamp that was verified
  std::optional<std::string>
      timestamp_anchor;  ///< SHA-256 of the trusted certificate that the stamp's leads to
  Coverage covers = Coverage::whole;
  std::vector<std::string> notes;

  friend bool operator==(const Signature&, const Signature&) = default;
};

/// A file within an e-mail, or the one that was signed.
struct Attachment {
  std::optional<std::string> name;
  std::string type;
  std::uint64_t size = 0;
  std::string sha256;

  friend bool operator==(const Attachment&, const Attachment&) = default;
};

/// The e-mail that brought a commitment: whose it is, and which of its attachments is the commitment.
struct MailOrigin {
  std::optional<std::string> from;
  std::optional<std::string> message_id;
  std::optional<Attachment> document;

  friend bool operator==(const MailOrigin&, const MailOrigin&) = default;
};

/// What was found in a commitment when it was recorded. All but the verdict and the digests is sealed: it
/// names people.
struct Judgement {
  SignatureVerdict verdict = SignatureVerdict::unchecked;
  std::optional<std::string> part{};         ///< SHA-256 of the attachment that is the document, of an e-mail
  std::optional<std::string> signed_file{};  ///< SHA-256 of the further document that it is a signature of
  std::vector<Signature> signatures{};
  std::vector<std::string> notes{};
  std::optional<MailOrigin> mail{};
  std::optional<Remark> accept_invalid{};  ///< why it counts though it is invalid
  std::optional<Remark> unread{};          ///< why it was not read

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

}  // namespace covenant
