#include "core/formats/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/formats/documents.hpp"
#include "core/formats/style.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

std::string_view name_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::email:
      return "e-mail";
    case DocumentKind::pdf:
      return "PDF document";
    case DocumentKind::cms:
      return "signature (CMS)";
    case DocumentKind::asic:
      return "signature container (ASiC)";
    case DocumentKind::image:
      return "picture";
    case DocumentKind::other:
      break;
  }
  return "file of another kind";
}

class ReadingText {
 public:
  ReadingText(const Reading& reading, std::string_view name, const TableLook& look)
      : reading_(reading), name_(name), look_(look) {}

  std::string write() && {
    head();
    if (reading_.document) {
      row("document", described(*reading_.document));
    } else if (!reading_.email) {
      row("document",
          described(name_.substr(name_.rfind('/') + 1), reading_.type, reading_.size, reading_.sha256));
    }
    if (reading_.email) {
      if (reading_.email->subject) row("subject", *reading_.email->subject);
      for (const Attachment& attachment : reading_.email->attachments) {
        if (!reading_.document || attachment.sha256 != reading_.document->sha256)
          row("attachment", described(attachment));
      }
    }
    for (const Signature& signature : reading_.signatures) rows_of(signature);
    for (const std::string& note : reading_.notes) row("note", note);
    return std::move(out_);
  }

 private:
  static constexpr std::size_t indent = 2;
  static constexpr std::size_t text_column = 13;

  void head() {
    const bool is_coloured = look_.color == Color::ansi;
    append_styled(out_, code_of(reading_.verdict),
                  is_coloured ? style_of(reading_.verdict) : std::string_view());
    std::string text(name_of(reading_.kind));
    if (reading_.email) {
      if (reading_.email->from) text += " from " + *reading_.email->from;
      if (reading_.email->received_on) text += ", received " + reading_.email->received_on->str();
    }
    out_ += "  ";
    append_text(text, code_of(reading_.verdict).size() + 2);
  }

  void row(std::string_view label, std::string_view text) {
    out_ += fmt::format("{:{}}{:<{}}", "", indent, label, text_column - indent);
    append_text(text, text_column);
  }

  /// Appends a text behind what the line already has; its further lines begin at the same column.
  void append_text(std::string_view text, std::size_t column) {
    constexpr std::size_t narrowest = 20;
    const std::string shown = line_for_terminal(text);
    std::vector<std::string> lines{shown};
    if (look_.width > 0 && !shown.empty())
      lines = wrapped(shown, std::max(look_.width - std::min(look_.width, column), narrowest));
    out_.append(fmt::format("{}\n", fmt::join(lines, fmt::format("\n{:{}}", "", column))));
  }

  std::string described(std::string_view name, const std::string& type, std::uint64_t size,
                        std::string_view sha256) const {
    constexpr std::size_t shown_digits = 8;
    return fmt::format("{}, {}, {}, sha256 {}{}", name, name_of_type(type), size_for_people(size),
                       look_.width > 0 ? sha256.substr(0, shown_digits) : sha256, look_.width > 0 ? "…" : "");
  }

  std::string described(const Attachment& attachment) const {
    return described(attachment.name.value_or("without a name"), attachment.type, attachment.size,
                     attachment.sha256);
  }

  /// Who signed what, then what the certificate and the signature say of themselves.
  void rows_of(const Signature& signature) {
    std::vector<std::string> parts{std::string(code_of(signature.verdict))};
    for (const auto& part : {signature.name, signature.organisation, signature.country}) {
      if (part) parts.push_back(*part);
    }
    parts.emplace_back(lacks_signed_file(signature)          ? "covers a file that was not named"
                       : signature.covers == Coverage::whole ? "covers the whole document"
                                                             : "covers a part of the document");
    row("signature", fmt::format("{}", fmt::join(parts, ", ")));
    parts.clear();
    if (signature.email) parts.push_back(*signature.email);
    if (signature.issuer) parts.push_back("issued by " + *signature.issuer);
    if (signature.serial) parts.push_back("serial number " + *signature.serial);
    if (signature.not_before && signature.not_after) {
      parts.push_back(fmt::format("valid from {} to {}", signature.not_before->date().str(),
                                  signature.not_after->date().str()));
    }
    if (!parts.empty()) row("", fmt::format("{}", fmt::join(parts, ", ")));
    if (signature.certificate) row("", "fingerprint " + *signature.certificate);
    if (signature.anchor) row("", "anchor " + *signature.anchor);
    if (signature.signed_at)
      row("", fmt::format("signed at {}, by the signer's own word", signature.signed_at->str()));
    if (signature.timestamp) row("", "time stamp " + signature.timestamp->str());
    if (signature.timestamp_anchor) row("", "anchor of the time stamp " + *signature.timestamp_anchor);
    for (const std::string& note : signature.notes) {
      if (std::find(reading_.notes.begin(), reading_.notes.end(), note) == reading_.notes.end())
        row("", "note: " + note);
    }
  }

  const Reading& reading_;
  std::string_view name_;
  TableLook look_;
  std::string out_;
};

}  // namespace

std::string reading_text(const Reading& reading, std::string_view name, const TableLook& look) {
  return ReadingText(reading, name, look).write();
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
