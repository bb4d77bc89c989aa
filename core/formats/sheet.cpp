#include "core/formats/sheet.hpp"

#include <string_view>

#include "core/documents/reading.hpp"
#include "core/formats/documents.hpp"
#include "core/formats/json.hpp"
#include "core/formats/reading.hpp"
#include "core/model/partner.hpp"

namespace covenant {

namespace {

void write_findings(JsonWriter& json, const std::optional<Verification>& verification) {
  json.key("findings").begin_array();
  for (std::size_t i = 0; verification && i < criterion_count; ++i) {
    const Finding& finding = verification->findings[i];
    json.begin_object().member("criterion", code_of(static_cast<Criterion>(i)));
    json.member("result", code_of(finding.verdict))
        .member("by", finding.by_person ? "person" : "rule")
        .end_object();
  }
  json.end_array().key("sources").begin_array();
  if (verification) {
    for (const Remark& source : verification->sources) json.value(source.str());
  }
  json.end_array();
}

template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return value->str();
}

/// What was found in the document; nulls where it was not read.
void write_judgement(JsonWriter& json, const std::optional<Judgement>& judgement) {
  const Judgement found = judgement.value_or(Judgement());
  json.member_or_null("verdict",
                      judgement ? std::optional(std::string(code_of(found.verdict))) : std::nullopt);
  json.key("signatures").begin_array();
  for (const Signature& signature : found.signatures) json.raw(signature_as_json(signature));
  json.end_array().key("notes").begin_array();
  for (const std::string& note : found.notes) json.value(note);
  json.end_array().key("mail");
  found.mail ? json.raw(to_json(*found.mail)) : json.null();
  json.member_or_null("part", found.part).member_or_null("signed_file", found.signed_file);
  json.member_or_null("accept_invalid", text_of(found.accept_invalid));
  json.member_or_null("unread", text_of(found.unread));
}

void write_commitment(JsonWriter& json, const Commitment& commitment) {
  json.begin_object().member("kind", code_of(commitment.kind));
  json.member_or_null("annulled", commitment.annulment
                                      ? std::optional(std::string(code_of(*commitment.annulment)))
                                      : std::nullopt);
  json.member("received_on", commitment.received_on.str());
  json.member_or_null("signed_on", text_of(commitment.signed_on));
  json.member_or_null("signed_by", text_of(commitment.signed_by));
  json.member_or_null("no_commitment", text_of(commitment.exception));
  json.key("document");
  if (commitment.document) {
    const Document& document = *commitment.document;
    json.begin_object().member_or_null("name", text_of(document.name)).member("type", document.type);
    json.member("size", static_cast<std::int64_t>(document.size)).member("sha256", document.sha256);
    json.end_object();
  } else {
    json.null();
  }
  write_judgement(json, commitment.judgement);
  json.end_object();
}

}  // namespace

std::string sheet_as_json(const PartnerSheet& sheet) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  for (const Column column : all_columns) write_column(json, sheet.partner, column);
  write_findings(json, sheet.verification);
  json.key("commitments").begin_array();
  for (const Commitment& commitment : sheet.commitments) write_commitment(json, commitment);
  json.end_array().key("documents").begin_array();
  for (std::size_t i = 0; i < sheet.documents.size(); ++i) {
    if (sheet.documents[i].use == DocumentUse::document)
      write_document(json, static_cast<std::int64_t>(i + 1), sheet.documents[i]);
  }
  json.end_array().key("notes").begin_array();
  for (const PartnerNote& note : sheet.notes) {
    json.begin_object().member("on", note.on.str()).member("actor", note.actor);
    json.member_or_null("text", text_of(note.text)).end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

}  // namespace covenant
