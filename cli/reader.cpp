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
#include "core/store/commitment_table.hpp"
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
  if (!folder) throw Error(ErrorKind::file, fmt::format("{}: {}", path, std::strerror(errno)));
  std::vector<std::string> files;
  for (const std::string& name : names_in(folder.get())) {
    const std::string file = fmt::format("{}/{}", path, name);
    if (!name.starts_with('.') && ::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode))
      files.push_back(file);
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The certificates that the settings name: a file, or all files of a folder in the order of their names.
std::string read_trust(const std::optional<std::string>& path) {
  std::string pem;
  if (!path) return pem;
  for (const std::string& file : files_of(*path)) {
    std::string text = read_file(file, largest_trust);
    if (has_certificate(text)) pem += std::move(text) + "\n";
    if (pem.size() > largest_trust)
      throw Error(ErrorKind::usage, fmt::format("signatures.trust: '{}' has more than 8 MiB", *path));
  }
  if (pem.empty()) {
    throw Error(
        ErrorKind::usage,
        fmt::format("signatures.trust: '{}' has no certificate in PEM; name a file or folder that has",
                    for_terminal(*path)));
  }
  return pem;
}

/// An attachment that is asked for has to be there.
void demand_attachment(const Reading& reading, const std::string& name) {
  if (reading.document) return;
  if (!reading.email) throw Error(ErrorKind::usage, "--attachment can only be used with an e-mail");
  std::vector<std::string> names;
  for (const Attachment& attachment : reading.email->attachments)
    names.push_back(attachment.name ? fmt::format("'{}'", *attachment.name) : "one without a name");
  throw Error(
      ErrorKind::usage,
      fmt::format("--attachment: '{}' is not the name of exactly one attachment; the e-mail has {}",
                  for_terminal(name), names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
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

FileReader::FileReader(const Context& context)
    : context_(context), trust_(read_trust(context.settings().trust)) {}

ReadAnswer FileReader::read(const std::string& path, const LoadedDocument& document,
                            const ReadOptions& options) const {
  const DocumentKind kind = kind_of(document.document.type);
  if (options.signed_file && kind != DocumentKind::cms && kind != DocumentKind::email)
    throw Error(ErrorKind::usage, "--signed-file can only be used with a detached signature");
  ReadRequest request{.name = document.document.name ? document.document.name->str() : "",
                      .received_on = options.received_on,
                      .today = context_.today(),
                      .timezone = context_.settings().timezone,
                      .attachment = options.attachment,
                      .trust = trust_,
                      .signed_file = std::nullopt};
  if (options.signed_file) request.signed_file = read_file(*options.signed_file, largest_document);
  try {
    ReadAnswer answer = answer_about(request, document);
    if (answer.reading.sha256 != document.document.sha256)
      throw Error(ErrorKind::file, "changed while it was read");
    if (options.attachment && !answer.unreadable) demand_attachment(answer.reading, *options.attachment);
    return answer;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::usage) throw;
    throw Error(error.kind(), fmt::format("{}: {}", path, error.what()));
  }
}

ReadAnswer read_stored(const Context& context, Read& read, const Document& document,
                       const ReadOptions& options) {
  StringSink bytes;
  copy_document(read, document, bytes);
  const LoadedDocument loaded{document, [&bytes]() -> ByteSource {
                                return [text = std::string_view(bytes.text())](char* buffer,
                                                                               std::size_t size) mutable {
                                  const std::size_t count = text.copy(buffer, size);
                                  text.remove_prefix(count);
                                  return count;
                                };
                              }};
  return FileReader(context).read(document.name ? for_terminal(document.name->str()) : "the document", loaded,
                                  options);
}

}  // namespace covenant
