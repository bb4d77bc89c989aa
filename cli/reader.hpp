#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/context.hpp"
#include "core/documents/request.hpp"
#include "core/ops/approve.hpp"

namespace covenant {

/// Reads the document that standard input is, in the process that is started for it. Does not return.
/// @throws Error{file} when the module that reads is not installed, Error{usage} on an unknown kind
void run_reader(std::string_view kind);

/// What a reading may be asked for beside the file.
struct ReadOptions {
  std::optional<std::string> signed_file;  ///< a path
  std::optional<std::string> attachment;
  std::optional<Date> received_on;
};

/// Has files read by a process of their own, against the certificates that the settings trust.
class FileReader {
 public:
  /// `context` has to live as long as this object.
  /// @throws Error{usage} when the settings name no certificate where they say
  explicit FileReader(const Context& context);

  /// @throws Error{bad_input} naming the file when that process breaks off, Error{file} when a file cannot be
  /// read, Error{usage} when there is no attachment of that name or nothing that could sign another file
  ReadAnswer read(const std::string& path, const LoadedDocument& document, const ReadOptions& options) const;

 private:
  const Context& context_;
  std::string trust_;  ///< certificates in PEM
};

/// Reads a stored document again, by the certificates that are trusted now. @throws Error as `FileReader`
/// does, and Error{damaged} when its bytes are not there
ReadAnswer read_stored(const Context& context, Read& read, const Document& document,
                       const ReadOptions& options);

}  // namespace covenant
