#include "core/documents/reading.hpp"

#include <algorithm>
#include <utility>

#include "core/text/json.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

void write_optional(JsonWriter& json, std::string_view name, const std::optional<std::string>& text) {
  json.member_or_null(name, text);
}

template <class T>
void write_optional(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
  json.key(name);
  value ? json.value(value->str()) : json.null();
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

void write(JsonWriter& json, const Signature& signature) {
  json.begin_object();
  write_optional(json, "country", signature.country);
  json.member("covers", code_of(signature.covers));
  write_optional(json, "email", signature.email);
  write_optional(json, "issuer", signature.issuer);
  write_optional(json, "name", signature.name);
  write_optional(json, "not_after", signature.not_after);
  write_optional(json, "not_before", signature.not_before);
  write_texts(json, "notes", signature.notes);
  write_optional(json, "organisation", signature.organisation);
  write_optional(json, "serial", signature.serial);
  write_optional(json, "signed_at", signature.signed_at);
  write_optional(json, "timestamp", signature.timestamp);
  json.member("verdict", code_of(signature.verdict));
  json.end_object();
}

void write(JsonWriter& json, const Attachment& attachment) {
  json.begin_object();
  write_optional(json, "name", attachment.name);
  json.member("sha256", attachment.sha256);
  json.member("size", static_cast<std::int64_t>(attachment.size));
  json.member("type", attachment.type);
  json.end_object();
}

void write(JsonWriter& json, const EmailHeader& email) {
  json.begin_object();
  json.key("attachments").begin_array();
  for (const Attachment& attachment : email.attachments) write(json, attachment);
  json.end_array();
  write_optional(json, "date", email.date);
  write_optional(json, "from", email.from);
  write_optional(json, "in_reply_to", email.in_reply_to);
  write_optional(json, "message_id", email.message_id);
  write_optional(json, "received_on", email.received_on);
  write_optional(json, "subject", email.subject);
  json.end_object();
}

template <class T>
void write_or_null(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
  json.key(name);
  value ? write(json, *value) : void(json.null());
}

void write(JsonWriter& json, const std::vector<Signature>& signatures) {
  json.begin_array();
  for (const Signature& signature : signatures) write(json, signature);
  json.end_array();
}

/// Reads the members of an object in their one order. What is not as it was written is remembered, and what
/// was read since then means nothing.
class ReadingReader {
 public:
  explicit ReadingReader(std::string_view json) : json_(json) {}

  bool is_done() const { return is_good_ && json_.is_at_end(); }

  void take(std::string_view bytes) { demand(json_.take(bytes)); }

  std::string text() {
    auto text = json_.string();
    demand(text && text->size() <= longest_reading_text && is_clean_utf8(*text, LineFeeds::refused));
    return is_good_ ? *std::move(text) : std::string();
  }

  std::uint64_t number() {
    const auto number = json_.number();
    demand(number.has_value());
    return is_good_ ? static_cast<std::uint64_t>(*number) : 0;
  }

  std::string digest() {
    std::string digest = text();
    demand(digest.size() == 64 && digest.find_first_not_of("0123456789abcdef") == std::string::npos);
    return digest;
  }

  template <class E>
  E code() {
    const auto code = from_code<E>(text());
    demand(code.has_value());
    return code.value_or(E{});
  }

  void optional(std::optional<std::string>& value) {
    if (!json_.take("null")) value = text();
  }
  template <class T>
  void optional(std::optional<T>& value) {
    if (json_.take("null")) return;
    auto parsed = T::parse(text());
    demand(parsed.ok());
    if (is_good_) value = *std::move(parsed);
  }

  template <class Read>
  void list(std::size_t most, Read read) {
    take("[");
    if (json_.take("]")) return;
    std::size_t count = 0;
    do {
      demand(++count <= most);
      if (!is_good_) return;
      read();
    } while (json_.take(","));
    take("]");
  }

  void texts(std::vector<std::string>& texts) {
    list(most_notes, [&] { texts.push_back(text()); });
  }

  void signatures(std::vector<Signature>& signatures) {
    list(most_signatures, [&] { signatures.push_back(signature()); });
  }

  Reading reading() {
    Reading reading;
    take("{\"document\":");
    if (!json_.take("null")) reading.document = attachment();
    take(",\"email\":");
    if (!json_.take("null")) reading.email = email();
    take(",\"kind\":");
    reading.kind = code<DocumentKind>();
    take(",\"notes\":");
    texts(reading.notes);
    take(",\"sha256\":");
    reading.sha256 = digest();
    take(",\"signatures\":");
    signatures(reading.signatures);
    take(",\"size\":");
    reading.size = number();
    take(",\"type\":");
    reading.type = text();
    take(",\"verdict\":");
    reading.verdict = code<SignatureVerdict>();
    take("}");
    return reading;
  }

 private:
  void demand(bool is_so) { is_good_ = is_good_ && is_so; }

  Signature signature() {
    Signature signature;
    take("{\"country\":");
    optional(signature.country);
    take(",\"covers\":");
    signature.covers = code<Coverage>();
    take(",\"email\":");
    optional(signature.email);
    take(",\"issuer\":");
    optional(signature.issuer);
    take(",\"name\":");
    optional(signature.name);
    take(",\"not_after\":");
    optional(signature.not_after);
    take(",\"not_before\":");
    optional(signature.not_before);
    take(",\"notes\":");
    texts(signature.notes);
    take(",\"organisation\":");
    optional(signature.organisation);
    take(",\"serial\":");
    optional(signature.serial);
    take(",\"signed_at\":");
    optional(signature.signed_at);
    take(",\"timestamp\":");
    optional(signature.timestamp);
    take(",\"verdict\":");
    signature.verdict = code<SignatureVerdict>();
    take("}");
    return signature;
  }

  Attachment attachment() {
    Attachment attachment;
    take("{\"name\":");
    optional(attachment.name);
    take(",\"sha256\":");
    attachment.sha256 = digest();
    take(",\"size\":");
    attachment.size = number();
    take(",\"type\":");
    attachment.type = text();
    take("}");
    return attachment;
  }

  EmailHeader email() {
    EmailHeader email;
    take("{\"attachments\":");
    list(most_attachments, [&] { email.attachments.push_back(attachment()); });
    take(",\"date\":");
    optional(email.date);
    take(",\"from\":");
    optional(email.from);
    take(",\"in_reply_to\":");
    optional(email.in_reply_to);
    take(",\"message_id\":");
    optional(email.message_id);
    take(",\"received_on\":");
    optional(email.received_on);
    take(",\"subject\":");
    optional(email.subject);
    take("}");
    return email;
  }

  CanonicalReader json_;
  bool is_good_ = true;
};

}  // namespace

DocumentKind kind_of(std::string_view type) {
  if (type == "application/pdf") return DocumentKind::pdf;
  if (type == "message/rfc822") return DocumentKind::email;
  if (type == "application/pkcs7-mime" || type == "application/pkcs7-signature") return DocumentKind::cms;
  if (type.starts_with("application/vnd.etsi.asic-")) return DocumentKind::asic;
  if (type.starts_with("image/")) return DocumentKind::image;
  return DocumentKind::other;
}

SignatureVerdict worst_of(const std::vector<Signature>& signatures) {
  if (signatures.empty()) return SignatureVerdict::unchecked;
  SignatureVerdict worst = SignatureVerdict::valid;
  for (const Signature& signature : signatures) worst = std::max(worst, signature.verdict);
  return worst;
}

void add_note(std::vector<std::string>& notes, std::string_view note) {
  if (notes.size() == most_notes || std::find(notes.begin(), notes.end(), note) != notes.end()) return;
  notes.push_back(clean_text(note));
}

void conclude(Reading& reading) {
  constexpr std::string_view revocation = "revocation was not checked";
  for (Signature& signature : reading.signatures) add_note(signature.notes, revocation);
  if (!reading.signatures.empty()) add_note(reading.notes, revocation);
  reading.verdict = worst_of(reading.signatures);
}

std::string clean_text(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const std::string_view before = text;
    take_code_point(text);
    std::string_view character = before.substr(0, before.size() - text.size());
    if (!is_clean_utf8(character, LineFeeds::refused)) character = replacement;
    if (clean.size() + character.size() > longest_reading_text) break;
    clean += character;
  }
  return clean;
}

std::string to_json(const Reading& reading) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  write_or_null(json, "document", reading.document);
  write_or_null(json, "email", reading.email);
  json.member("kind", code_of(reading.kind));
  write_texts(json, "notes", reading.notes);
  json.member("sha256", reading.sha256);
  json.key("signatures");
  write(json, reading.signatures);
  json.member("size", static_cast<std::int64_t>(reading.size));
  json.member("type", reading.type);
  json.member("verdict", code_of(reading.verdict));
  json.end_object();
  return text;
}

std::string to_json(const std::vector<Signature>& signatures) {
  std::string text;
  JsonWriter json(text);
  write(json, signatures);
  return text;
}

std::optional<Reading> parse_reading(std::string_view json) {
  if (json.size() > longest_reading) return std::nullopt;
  ReadingReader reader(json);
  Reading reading = reader.reading();
  return reader.is_done() ? std::optional(std::move(reading)) : std::nullopt;
}

std::optional<std::vector<Signature>> parse_signatures(std::string_view json) {
  if (json.size() > longest_reading) return std::nullopt;
  ReadingReader reader(json);
  std::vector<Signature> signatures;
  reader.signatures(signatures);
  return reader.is_done() ? std::optional(std::move(signatures)) : std::nullopt;
}

}  // namespace covenant
