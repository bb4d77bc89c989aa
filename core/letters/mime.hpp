#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/email.hpp"
#include "core/model/instant.hpp"

namespace covenant {

/// A person or an office that mail is from or to.
struct Mailbox {
  std::string name;
  Email address;
};

/// A file that a mail brings.
struct Enclosure {
  std::string name;  ///< ASCII without quotes
  std::string type;  ///< "application/pdf"
  std::string bytes;
};

/// One mail of a text and the same as HTML.
struct Mail {
  Mailbox from;
  Mailbox to;
  std::string subject;
  std::string message_id;                ///< with its angle brackets
  std::optional<std::string> answers{};  ///< the id of the mail that it follows
  std::optional<std::string>
      unsubscribe_subject{};  ///< of the mail that ends a subscription, where it is one
  Instant date;
  std::string_view language;  ///< its tag
  std::string text;           ///< as format=flowed has it (RFC 3676), lines ending in LF
  std::string html;
  std::optional<Enclosure> attachment{};
};

/// The mail as it is sent: ASCII, lines of at most 78 characters that end in CR LF, except where an address
/// or an id alone is longer. What the parts say, names too, never ends a line or a header. The same mail
/// makes the same bytes. Source: RFC 5322, RFC 2045 (quoted-printable), RFC 2046 (multipart), RFC 2047
/// (encoded words).
std::string to_mime(const Mail& mail);

/// The same as an entry of a mailbox file, ending in an empty line. Source: RFC 4155, with the line ends of
/// the mail.
std::string to_mbox_entry(const Mail& mail);

}  // namespace covenant
