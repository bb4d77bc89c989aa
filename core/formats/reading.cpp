#include "core/formats/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/text/escape.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

std::string_view name_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::email:
      return "an e-mail";
    case DocumentKind::pdf:
      return "a PDF document";
    case DocumentKind::cms:
      return "a signature (CMS)";
    case DocumentKind::asic:
      return "a signature container (ASiC)";
    case DocumentKind::image:
      return "a picture";
    case DocumentKind::other:
      break;
  }
  return "a file of another kind";
}

/// CardLines of names and values, under a heading where they are of a part.
class CardLines {
 public:
  void heading(std::string_view text) {
    text_ += fmt::format("\n{}\n", text);
    indent_ = "  ";
  }

  void add(std::string_view name, std::string_view value) {
    constexpr std::size_t width = 16;
    text_ += fmt::format("{}{:<{}}{}\n", indent_, name, width - indent_.size(), line_for_terminal(value));
  }
  void add_if(std::string_view name, const std::optional<std::string>& value) {
    if (value) add(name, *value);
  }
  void add_if(std::string_view name, const std::optional<Instant>& value) {
    if (value) add(name, value->str());
  }
  void add_notes(const std::vector<std::string>& notes) {
    for (const std::string& note : notes) add("note", note);
  }

  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
  std::string_view indent_;
};

void add(CardLines& lines, const Signature& signature) {
  lines.add("verdict", code_of(signature.verdict));
  lines.add_if("name", signature.name);
  lines.add_if("e-mail", signature.email);
  lines.add_if("organisation", signature.organisation);
  lines.add_if("country", signature.country);
  lines.add_if("issuer", signature.issuer);
  lines.add_if("serial", signature.serial);
  if (signature.not_before && signature.not_after) {
    lines.add("certificate", fmt::format("valid from {} to {}", signature.not_before->date().str(),
                                         signature.not_after->date().str()));
  }
  lines.add_if("fingerprint", signature.certificate);
  lines.add_if("anchor", signature.anchor);
  if (signature.signed_at) {
    lines.add("signed at", signature.signed_at->str() + ", by the signer's own word");
  }
  lines.add_if("time stamp", signature.timestamp);
  lines.add_if("stamp anchor", signature.timestamp_anchor);
  lines.add("covers", signature.covers == Coverage::whole ? "the whole document" : "a part of the document");
  lines.add_notes(signature.notes);
}

void add(CardLines& lines, const EmailHeader& email) {
  lines.heading("E-mail");
  lines.add_if("from", email.from);
  lines.add_if("subject", email.subject);
  lines.add_if("date", email.date);
  if (email.received_on) lines.add("received on", email.received_on->str());
  lines.add_if("message id", email.message_id);
  lines.add_if("in reply to", email.in_reply_to);
  for (const Attachment& attachment : email.attachments) {
    lines.add("attachment", fmt::format("{} ({}, {} bytes)", attachment.name.value_or("without a name"),
                                        attachment.type, attachment.size));
  }
}

}  // namespace

std::string reading_text(const Reading& reading) {
  CardLines lines;
  lines.add("kind", name_of(reading.kind));
  lines.add("type", reading.type);
  lines.add("size", fmt::format("{} bytes", reading.size));
  lines.add("sha256", reading.sha256);
  lines.add("verdict", code_of(reading.verdict));
  if (reading.document) {
    lines.add("document", fmt::format("{} ({})", reading.document->name.value_or("without a name"),
                                      reading.document->type));
  }
  lines.add_notes(reading.notes);
  if (reading.email) add(lines, *reading.email);
  for (std::size_t i = 0; i < reading.signatures.size(); ++i) {
    lines.heading(fmt::format("Signature {}", i + 1));
    add(lines, reading.signatures[i]);
  }
  return std::move(lines).take();
}

namespace {

template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  return value ? std::optional(value->str()) : std::nullopt;
}

void write_notes(JsonWriter& json, const std::vector<std::string>& notes) {
  json.key("notes").begin_array();
  for (const std::string& note : notes) json.value(note);
  json.end_array();
}

void write(JsonWriter& json, const EmailHeader& email) {
  json.begin_object().member_or_null("from", email.from).member_or_null("date", text_of(email.date));
  json.member_or_null("received_on", text_of(email.received_on));
  json.member_or_null("message_id", email.message_id).member_or_null("in_reply_to", email.in_reply_to);
  json.member_or_null("subject", email.subject).key("attachments").begin_array();
  for (const Attachment& attachment : email.attachments) {
    json.begin_object().member_or_null("name", attachment.name).member("type", attachment.type);
    json.member("size", static_cast<std::int64_t>(attachment.size)).member("sha256", attachment.sha256);
    json.end_object();
  }
  json.end_array().end_object();
}

}  // namespace

std::string signature_as_json(const Signature& signature) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("verdict", code_of(signature.verdict)).member_or_null("name", signature.name);
  json.member_or_null("email", signature.email).member_or_null("organisation", signature.organisation);
  json.member_or_null("country", signature.country).member_or_null("serial", signature.serial);
  json.member_or_null("issuer", signature.issuer).member_or_null("not_before", text_of(signature.not_before));
  json.member_or_null("not_after", text_of(signature.not_after));
  json.member_or_null("signed_at", text_of(signature.signed_at));
  json.member_or_null("timestamp", text_of(signature.timestamp)).member("covers", code_of(signature.covers));
  write_notes(json, signature.notes);
  json.member_or_null("certificate", signature.certificate).member_or_null("anchor", signature.anchor);
  json.member_or_null("timestamp_anchor", signature.timestamp_anchor).end_object();
  return text;
}

std::string reading_as_json(const Reading& reading) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("kind", code_of(reading.kind)).member("type", reading.type);
  json.member("size", static_cast<std::int64_t>(reading.size)).member("sha256", reading.sha256);
  json.member("verdict", code_of(reading.verdict)).key("signatures").begin_array();
  for (const Signature& signature : reading.signatures) json.raw(signature_as_json(signature));
  json.end_array().key("email");
  reading.email ? write(json, *reading.email) : void(json.null());
  json.key("document");
  if (reading.document) {
    const Attachment& document = *reading.document;
    json.begin_object().member_or_null("name", document.name).member("type", document.type);
    json.member("sha256", document.sha256).end_object();
  } else {
    json.null();
  }
  write_notes(json, reading.notes);
  json.end_object();
  return text;
}

}  // namespace covenant
