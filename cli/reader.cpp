#include "cli/reader.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/base/folder.hpp"
#include "core/base/module.hpp"
#include "core/base/sink.hpp"
#include "core/documents/read_document.hpp"
#include "core/documents/reader_protocol.hpp"
#include "core/store/document_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

void run_reader(std::string_view kind) {
  const auto known = parse_code<DocumentKind>(kind);
  if (!known) throw Error(ErrorKind::usage, known.problem().message);
  module_function<void(DocumentKind)>(reader_module, reader_function)(*known);
}

namespace {

constexpr std::uint64_t largest_trust = 8ULL * 1024 * 1024;

bool has_certificate(std::string_view pem) {
  return pem.find("-----BEGIN CERTIFICATE-----") != std::string_view::npos ||
         pem.find("-----BEGIN TRUSTED CERTIFICATE-----") != std::string_view::npos;
}

std::vector<std::string> files_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return {path};
  const Descriptor folder = open_folder(path);
  if (!folder)
    throw Error(ErrorKind::file, fmt::format("signatures.trust: {}: {}", path, std::strerror(errno)));
  std::vector<std::string> files;
  for (const std::string& name : names_in(folder.get())) {
    const std::string file = fmt::format("{}/{}", path, name);
    if (!name.starts_with('.') && ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode))
      files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The bytes of a file of certificates; the settings are to blame for what is wrong with it.
std::string read_trusted(const std::string& file) {
  try {
    return read_file(file, largest_trust);
  } catch (const Error& error) {
    const bool is_setting = error.kind() == ErrorKind::bad_input;
    throw Error(is_setting ? ErrorKind::usage : error.kind(),
                fmt::format("signatures.trust: {}", error.what()));
  }
}

/// The certificates that the settings name: a file, or all files of a folder in the order of their names.
std::string read_trust(const std::optional<std::string>& path) {
  std::string pem;
  if (!path) return pem;
  for (const std::string& file : files_of(*path)) {
    std::string text = read_trusted(file);
    if (has_certificate(text)) pem += std::move(text) + "\n";
    if (pem.size() > largest_trust)
      throw Error(ErrorKind::usage,
                  fmt::format("signatures.trust: {} has more than 8 MiB", in_quotes(*path)));
  }
  if (pem.empty()) {
    throw Error(ErrorKind::usage,
                fmt::format("signatures.trust: {} has no certificate in PEM; name a file or folder that has",
                            in_quotes(*path)));
  }
  return pem;
}

/// What is of a kind that has no reader needs no process: nobody looks into it.
ReadAnswer answer_about(const ReadRequest& request, const LoadedDocument& loaded) {
  const Document& document = loaded.document;
  const DocumentKind kind = kind_of(document.type);
  auto reading = reading_without_reader(kind);
  if (!reading) return read_document(request, kind, document.size, loaded.reread());
  reading->type = document.type;
  reading->size = document.size;
  reading->sha256 = document.sha256;
  return {*std::move(reading), std::nullopt, {}};
}

}  // namespace

std::optional<std::string> find_needless_signed_file(const Document& document) {
  const DocumentKind kind = kind_of(document.type);
  if (kind == DocumentKind::cms || kind == DocumentKind::email) return std::nullopt;
  return "can only be used with a detached signature";
}

std::optional<std::string> find_unused_signed_file(const Reading& reading) {
  const bool is_signature = reading.document && kind_of(reading.document->type) == DocumentKind::cms;
  if (reading.kind != DocumentKind::email || is_signature) return std::nullopt;
  return "can only be used with a detached signature, and the document of the e-mail is none";
}

std::string names_of(const std::vector<Attachment>& attachments) {
  std::vector<std::string> names;
  for (const Attachment& attachment : attachments) {
    const auto has_its_name = [&](const Attachment& other) { return other.name == attachment.name; };
    const bool is_alone = std::count_if(attachments.begin(), attachments.end(), has_its_name) == 1;
    std::string name = attachment.name ? in_quotes(*attachment.name) : "one without a name";
    names.push_back(is_alone ? std::move(name) : fmt::format("{} {}", name, attachment.sha256));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::optional<std::string> find_missing_attachment(const ReadAnswer& answer, const std::string& asked) {
  const Reading& reading = answer.reading;
  if (answer.unreadable) return std::nullopt;
  if (!reading.email) return "can only be used with an e-mail";
  if (reading.document) return std::nullopt;
  const auto& attachments = reading.email->attachments;
  const auto has_that_name = [&](const Attachment& attachment) { return attachment.name == asked; };
  const auto count = std::count_if(attachments.begin(), attachments.end(), has_that_name);
  if (count > 1) {
    return fmt::format("{} is the name of {} attachments; write the SHA-256 of the one that is meant: {}",
                       in_quotes(asked), count, names_of(attachments));
  }
  return fmt::format("{} is not the name of an attachment; the e-mail has {}", in_quotes(asked),
                     attachments.empty() ? "none" : names_of(attachments));
}

FileReader::FileReader(const Context& context)
    : context_(context), trust_(read_trust(context.settings().trust)) {}

ReadAnswer FileReader::read(const std::string& path, const LoadedDocument& document,
                            const ReadOptions& options) const {
  const ReadRequest request{.name = document.document.name ? document.document.name->str() : "",
                            .received_on = options.received_on,
                            .today = context_.today(),
                            .timezone = context_.settings().timezone,
                            .attachment = options.attachment,
                            .trust = trust_,
                            .signed_file = options.signed_file};
  try {
    ReadAnswer answer = answer_about(request, document);
    if (answer.reading.sha256 != document.document.sha256)
      throw Error(ErrorKind::file, "changed while it was read");
    return answer;
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", path, error.what()));
  }
}

namespace {

/// The bytes of a document that is stored.
std::string stored_bytes(Read& read, const Document& document) {
  StringSink bytes;
  copy_document(read, document, bytes);
  return bytes.text();
}

/// What the commitment is a detached signature of, if it is still stored.
std::optional<std::string> stored_signed_file(Read& read, PartnerId partner,
                                              const std::optional<Judgement>& judgement) {
  if (!judgement || !judgement->signed_file) return std::nullopt;
  for (const KeptDocument& kept : find_documents(read, partner)) {
    if (!kept.is_erased && kept.document.sha256 == *judgement->signed_file)
      return stored_bytes(read, kept.document);
  }
  return std::nullopt;
}

}  // namespace

ReadAnswer read_again(const Context& context, Read& read, PartnerId partner, const RecordedReading& recorded,
                      std::optional<std::string> signed_file) {
  const auto& [document, day, judgement] = recorded;
  const std::string bytes = stored_bytes(read, document);
  const auto source = [&bytes]() -> ByteSource {
    return [text = std::string_view(bytes)](char* buffer, std::size_t size) mutable {
      const std::size_t count = text.copy(buffer, size);
      text.remove_prefix(count);
      return count;
    };
  };
  if (!signed_file) signed_file = stored_signed_file(read, partner, judgement);
  return FileReader(context).read(document.name ? for_terminal(document.name->str()) : "the document",
                                  {document, source},
                                  {.signed_file = std::move(signed_file),
                                   .attachment = judgement ? judgement->part : std::nullopt,
                                   .received_on = day});
}

}  // namespace covenant
