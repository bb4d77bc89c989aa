#include "core/documents/reading.hpp"

#include <algorithm>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/text/json.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// The members of each part, in the order of canonical JSON: what is written and what is read follow from
// them.

template <class T>
struct Members;

template <>
struct Members<Attachment> {
  static void visit(auto& of, auto& visit) {
    visit("name", of.name);
    visit.digest("sha256", of.sha256);
    visit("size", of.size);
    visit("type", of.type);
  }
};

template <>
struct Members<EmailHeader> {
  static void visit(auto& of, auto& visit) {
    visit.list("attachments", of.attachments, most_attachments);
    visit("date", of.date);
    visit("from", of.from);
    visit("in_reply_to", of.in_reply_to);
    visit("message_id", of.message_id);
    visit("received_on", of.received_on);
    visit("subject", of.subject);
  }
};

template <>
struct Members<Signature> {
  static void visit(auto& of, auto& visit) {
    visit.digest("anchor", of.anchor);
    visit.digest("certificate", of.certificate);
    visit("country", of.country);
    visit("covers", of.covers);
    visit("email", of.email);
    visit("issuer", of.issuer);
    visit("name", of.name);
    visit("not_after", of.not_after);
    visit("not_before", of.not_before);
    visit.list("notes", of.notes, most_notes);
    visit("organisation", of.organisation);
    visit("serial", of.serial);
    visit("signed_at", of.signed_at);
    visit("timestamp", of.timestamp);
    visit.digest("timestamp_anchor", of.timestamp_anchor);
    visit("verdict", of.verdict);
  }
};

template <>
struct Members<MailOrigin> {
  static void visit(auto& of, auto& visit) {
    visit("document", of.document);
    visit("from", of.from);
    visit("message_id", of.message_id);
  }
};

template <>
struct Members<Reading> {
  static void visit(auto& of, auto& visit) {
    visit("document", of.document);
    visit("email", of.email);
    visit("kind", of.kind);
    visit.list("notes", of.notes, most_notes);
    visit.digest("sha256", of.sha256);
    visit.list("signatures", of.signatures, most_signatures);
    visit("size", of.size);
    visit("type", of.type);
    visit("verdict", of.verdict);
  }
};

template <class T>
concept HasMembers = requires {
  sizeof(Members<T>);
};

template <class T>
concept HasCodes = requires {
  Codes<T>::codes;
};

class ReadingWriter {
 public:
  explicit ReadingWriter(std::string& out) : json_(out) {}

  template <class T>
  void operator()(std::string_view name, const T& value) {
    json_.key(name);
    write(value);
  }
  template <class T>
  void digest(std::string_view name, const T& digest) {
    (*this)(name, digest);
  }
  template <class T>
  void list(std::string_view name, const std::vector<T>& values, std::size_t /*most*/) {
    json_.key(name).begin_array();
    for (const T& value : values) write(value);
    json_.end_array();
  }

  template <HasMembers T>
  void write(const T& object) {
    json_.begin_object();
    Members<T>::visit(object, *this);
    json_.end_object();
  }

 private:
  void write(const std::string& text) { json_.value(text); }
  void write(std::uint64_t number) { json_.value(static_cast<std::int64_t>(number)); }
  template <HasCodes E>
  void write(E value) {
    json_.value(code_of(value));
  }
  void write(const Instant& instant) { json_.value(instant.str()); }
  void write(const Date& date) { json_.value(date.str()); }
  template <class T>
  void write(const std::optional<T>& value) {
    value ? write(*value) : void(json_.null());
  }

  JsonWriter json_;
};

/// Reads the members of an object in their one order. What is not as it was written is remembered, and what
/// was read since then means nothing.
class ReadingReader {
 public:
  explicit ReadingReader(std::string_view json) : json_(json) {}

  bool is_done() const { return is_good_ && json_.is_at_end(); }

  template <class T>
  void operator()(std::string_view name, T& value) {
    take_key(name);
    read(value);
  }
  void digest(std::string_view name, std::string& digest) {
    (*this)(name, digest);
    demand(is_hex(digest, 2 * sizeof(Digest)));
  }
  void digest(std::string_view name, std::optional<std::string>& digest) {
    (*this)(name, digest);
    demand(!digest || is_hex(*digest, 2 * sizeof(Digest)));
  }
  template <class T>
  void list(std::string_view name, std::vector<T>& values, std::size_t most) {
    take_key(name);
    take("[");
    if (json_.take("]")) return;
    do {
      demand(values.size() < most);
      if (!is_good_) return;
      read(values.emplace_back());
    } while (json_.take(","));
    take("]");
  }

  template <HasMembers T>
  void read(T& object) {
    take("{");
    is_first_ = true;
    Members<T>::visit(object, *this);
    take("}");
  }

 private:
  void demand(bool is_so) { is_good_ = is_good_ && is_so; }
  void take(std::string_view bytes) { demand(json_.take(bytes)); }
  void take_key(std::string_view name) {
    if (!std::exchange(is_first_, false)) take(",");
    take("\"");
    take(name);
    take("\":");
  }

  void read(std::string& value) {
    auto text = json_.string();
    demand(text && text->size() <= longest_reading_text && is_clean_utf8(*text, LineFeeds::refused));
    if (is_good_) value = *std::move(text);
  }
  void read(std::uint64_t& value) {
    const auto number = json_.number();
    demand(number.has_value());
    if (is_good_) value = static_cast<std::uint64_t>(*number);
  }
  template <HasCodes E>
  void read(E& value) {
    std::string text;
    read(text);
    const auto code = from_code<E>(text);
    demand(code.has_value());
    value = code.value_or(E{});
  }
  template <class T>
  void read(std::optional<T>& value) {
    if (json_.take("null")) return;
    if constexpr (requires { T::parse(std::string_view()); }) {
      std::string text;
      read(text);
      auto parsed = T::parse(text);
      demand(parsed.ok());
      if (is_good_) value = *std::move(parsed);
    } else {
      read(value.emplace());
    }
  }

  CanonicalReader json_;
  bool is_good_ = true;
  bool is_first_ = true;  ///< of the object's members
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

bool lacks_signed_file(const Signature& signature) {
  return std::find(signature.notes.begin(), signature.notes.end(), note_on_unnamed_file) !=
         signature.notes.end();
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

std::optional<Reading> reading_without_reader(DocumentKind kind) {
  if (kind != DocumentKind::image && kind != DocumentKind::other) return std::nullopt;
  Reading reading;
  reading.kind = kind;
  add_note(reading.notes, kind == DocumentKind::image
                              ? "a picture: nobody but a person can check the signature in it"
                              : "signatures in a file of this kind are not read");
  return reading;
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

namespace {

template <class T>
std::string json_of(const T& object) {
  std::string text;
  ReadingWriter(text).write(object);
  return text;
}

template <class T>
std::optional<T> parsed(std::string_view json) {
  if (json.size() > longest_reading) return std::nullopt;
  ReadingReader reader(json);
  T object;
  reader.read(object);
  return reader.is_done() ? std::optional(std::move(object)) : std::nullopt;
}

}  // namespace

std::string to_json(const Reading& reading) {
  return json_of(reading);
}

std::optional<Reading> parse_reading(std::string_view json) {
  return parsed<Reading>(json);
}

std::string to_json(const Signature& signature) {
  return json_of(signature);
}

std::string to_json(const MailOrigin& mail) {
  return json_of(mail);
}

std::optional<Signature> parse_signature(std::string_view json) {
  return parsed<Signature>(json);
}

std::optional<MailOrigin> parse_mail_origin(std::string_view json) {
  return parsed<MailOrigin>(json);
}

}  // namespace covenant
