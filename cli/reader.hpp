#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.hpp"
#include "core/documents/request.hpp"
#include "core/model/partner.hpp"
#include "core/model/signature.hpp"
#include "core/ops/loaded_document.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Reads the document that standard input is, in the process that is started for it. Does not return.
/// @throws Error{file} when the module that reads is not installed, Error{usage} on an unknown kind
void run_reader(std::string_view kind);

/// What a reading may be asked for beside the file.
struct ReadOptions {
  std::optional<std::string> signed_file;  ///< the bytes that a detached signature signs
  std::optional<std::string> attachment;   ///< its name or its SHA-256
  std::optional<Date> received_on;
};

/// Why another file cannot be what a document is a detached signature of; nothing where it may be.
std::optional<std::string> find_needless_signed_file(const Document& document);

/// Why another file that was named is not what was judged with a signature; nothing where it is.
std::optional<std::string> find_unused_signed_file(const Reading& reading);

/// Why an attachment that was asked for is not the document of what was read; nothing where it is.
std::optional<std::string> find_missing_attachment(const ReadAnswer& answer, const std::string& asked);

/// The attachments of an e-mail, for people: "'a.pdf', 'b.pdf'", each with its SHA-256 where several have one
/// name.
std::string names_of(const std::vector<Attachment>& attachments);

/// Has files read by a process of their own, against the certificates that the settings trust.
class FileReader {
 public:
  /// `context` has to live as long as this object.
  /// @throws Error{usage} when the settings name no certificate where they say
  explicit FileReader(const Context& context);

  /// @throws Error{bad_input} naming the file when that process breaks off, Error{file} when it cannot be
  /// read
  ReadAnswer read(const std::string& path, const LoadedDocument& document, const ReadOptions& options) const;

 private:
  const Context& context_;
  std::string trust_;  ///< certificates in PEM
};

/// What a stored commitment is read with to judge it again as it was judged.
struct RecordedReading {
  Document document;
  Date day;                              ///< of receipt
  std::optional<Judgement> judgement{};  ///< of one that was read
};

/// Reads a stored document again, by the certificates that are trusted now; `signed_file` are the bytes that
/// take the place of what is stored of that. @throws Error as `FileReader` does, and Error{damaged} when its
/// bytes are not there
ReadAnswer read_again(const Context& context, Read& read, PartnerId partner, const RecordedReading& recorded,
                      std::optional<std::string> signed_file = std::nullopt);

}  // namespace covenant
