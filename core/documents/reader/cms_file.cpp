#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <memory>
#include <string>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/documents/media_type.hpp"
#include "core/documents/reader/readers.hpp"
#include "core/documents/reader/unreadable.hpp"
#include "core/text/ascii.hpp"

namespace covenant {

namespace {

/// The bytes within the first block of PEM. Source: RFC 7468.
std::optional<std::string> from_pem(std::string_view text) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> in(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* bytes = nullptr;
  long size = 0;
  if (PEM_read_bio(in.get(), &name, &header, &bytes, &size) != 1) {
    ERR_clear_error();
    return std::nullopt;
  }
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_free(bytes);
  return der;
}

/// DER, whether it comes as that, in PEM, or in base 64 as mail programs save it.
std::string to_der(std::string_view bytes) {
  if (bytes.starts_with("-----BEGIN ")) return from_pem(bytes).value_or("");
  if (bytes.starts_with('\x30')) return std::string(bytes);
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    if (!is_white_space(c)) text += c;
  }
  return from_base64(text).value_or(std::string(bytes));
}

}  // namespace

Reading read_cms(std::string_view bytes, std::optional<std::string_view> signed_file, const Basis& basis) {
  CmsReading cms = verify_cms(to_der(bytes), signed_file, basis);
  if (!cms.is_readable) {
    const std::string& why = cms.signatures.front().notes.front();
    throw Unreadable("is not a signature that can be read: " + why);
  }
  Reading reading;
  reading.kind = DocumentKind::cms;
  reading.signatures = std::move(cms.signatures);
  const auto content = cms.content ? std::optional<std::string_view>(*cms.content) : signed_file;
  if (content) {
    reading.document = Attachment{.name = std::nullopt,
                                  .type = media_type("", *content),
                                  .size = content->size(),
                                  .sha256 = to_hex(bytes_of(sha256({*content})))};
  }
  return reading;
}

}  // namespace covenant
