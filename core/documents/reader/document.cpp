#include "core/documents/reader/document.hpp"

#include <openssl/crypto.h>

#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/documents/media_type.hpp"
#include "core/documents/reader/email.hpp"
#include "core/documents/reader/readers.hpp"
#include "core/documents/reader/unreadable.hpp"

namespace covenant {

namespace {

Reading unchecked(DocumentKind kind, std::string_view why) {
  Reading reading;
  reading.kind = kind;
  add_note(reading.notes, why);
  return reading;
}

Reading read(DocumentKind kind, const ReceivedRequest& received, std::vector<std::string>& references) {
  const ReadRequest& request = received.request;
  const Trust trust(request.trust);
  if (kind == DocumentKind::email) return read_email(received.document, trust, request, references);
  const auto signed_file =
      request.signed_file ? std::optional<std::string_view>(*request.signed_file) : std::nullopt;
  return read_by_kind(kind, received.document, signed_file,
                      {trust, request.received_on.value_or(request.today)});
}

}  // namespace

Reading read_by_kind(DocumentKind kind, std::string_view bytes, std::optional<std::string_view> signed_file,
                     const Basis& basis) {
  switch (kind) {
    case DocumentKind::cms:
      return read_cms(bytes, signed_file, basis);
    case DocumentKind::pdf:
      return read_pdf(bytes, basis);
    case DocumentKind::asic:
      return read_asic(bytes, basis);
    case DocumentKind::email:
    case DocumentKind::image:
    case DocumentKind::other:
      break;
  }
  return reading_without_reader(kind).value_or(unchecked(kind, "an e-mail within another is not read"));
}

void start_reader(DocumentKind kind) {
  OPENSSL_init_crypto(
      OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_ADD_ALL_CIPHERS | OPENSSL_INIT_ADD_ALL_DIGESTS, nullptr);
  if (kind == DocumentKind::email) start_email();
  if (kind == DocumentKind::asic || kind == DocumentKind::email) start_asic();
}

ReadAnswer read_as(DocumentKind kind, const ReceivedRequest& received) {
  ReadAnswer answer;
  const std::string& name = received.request.name;
  const std::string type = media_type(name, received.document);
  try {
    answer.reading = read(kind, received, answer.references);
  } catch (const Unreadable& error) {
    answer.reading = unchecked(kind, error.what());
    answer.unreadable = clean_text(error.what());
  }
  answer.reading.kind = kind;
  answer.reading.type = type;
  answer.reading.size = received.document.size();
  answer.reading.sha256 = to_hex(bytes_of(sha256({received.document})));
  conclude(answer.reading);
  return answer;
}

}  // namespace covenant
