#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/model/date.hpp"
#include "core/model/instant.hpp"
#include "core/model/signature.hpp"

namespace covenant {

enum class DocumentKind { email, pdf, cms, asic, image, other };

template <>
struct Codes<DocumentKind> {
  static constexpr std::string_view noun = "a kind of document";
  static constexpr std::array<std::string_view, 6> codes = {"email", "pdf", "cms", "asic", "image", "other"};
};

/// What kind a file of that media type is.
DocumentKind kind_of(std::string_view type);

/// The header of an e-mail.
struct EmailHeader {
  std::optional<std::string> from;
  std::optional<Instant> date;
  std::optional<Date> received_on;  ///< by the topmost Received header
  std::optional<std::string> message_id;
  std::optional<std::string> in_reply_to;
  std::optional<std::string> subject;
  std::vector<Attachment> attachments;

  friend bool operator==(const EmailHeader&, const EmailHeader&) = default;
};

/// What a returned commitment is, who signed it, and whether the signatures are valid. All texts are clean
/// UTF-8 of one line.
struct Reading {
  DocumentKind kind = DocumentKind::other;
  std::string type = "application/octet-stream";
  std::uint64_t size = 0;
  std::string sha256;
  SignatureVerdict verdict = SignatureVerdict::unchecked;
  std::vector<Signature> signatures;
  std::optional<EmailHeader> email;
  std::optional<Attachment> document;  ///< the one that a container or an e-mail is about
  std::vector<std::string> notes;

  friend bool operator==(const Reading&, const Reading&) = default;
};

/// The reading of a file of a kind that no reader is for, `unchecked` with a note; nothing for other kinds.
std::optional<Reading> reading_without_reader(DocumentKind kind);

/// The note on a detached signature that was judged without the file that it signs.
inline constexpr std::string_view note_on_unnamed_file =
    "a detached signature, and the file that it signs was not named";
bool lacks_signed_file(const Signature& signature);

/// What the note on a Received header in the future begins with.
inline constexpr std::string_view note_on_future_receipt = "its Received header is of ";

/// The worst verdict; `unchecked` of none.
SignatureVerdict worst_of(const std::vector<Signature>& signatures);

/// Adds a note, once and made clean; not beyond `most_notes`.
void add_note(std::vector<std::string>& notes, std::string_view note);

/// Sets the verdict, the worst of the signatures', and notes with each that revocation was not checked.
void conclude(Reading& reading);

/// What may be in a reading: its lists and texts are cut there, and a longer one is not read back.
inline constexpr std::size_t most_signatures = 64;
inline constexpr std::size_t most_attachments = 100;
inline constexpr std::size_t most_notes = 100;
inline constexpr std::size_t longest_reading_text = 1000;  ///< bytes
inline constexpr std::size_t longest_reading = std::size_t{1024} * 1024;

/// A text of a document made fit to be shown: invalid UTF-8, control characters and line feeds are replaced
/// by U+FFFD, and what is longer than `longest_reading_text` is cut.
std::string clean_text(std::string_view text);

/// Canonical JSON (RFC 8785). Every member is written; those that do not apply are null.
/// Source: covenant-inspect(1), JSON.
std::string to_json(const Reading& reading);

/// Reads exactly what `to_json` writes; nothing when it is anything else, or is beyond the bounds above.
std::optional<Reading> parse_reading(std::string_view json);

/// The parts of a judgement as the history seals them: canonical JSON (RFC 8785), and back.
/// Source: covenant-registry(5), SEALED VALUES.
std::string to_json(const Signature& signature);
std::string to_json(const MailOrigin& mail);
std::optional<Signature> parse_signature(std::string_view json);
std::optional<MailOrigin> parse_mail_origin(std::string_view json);

}  // namespace covenant
