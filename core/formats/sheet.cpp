#include "core/formats/sheet.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/formats/documents.hpp"
#include "core/formats/json.hpp"
#include "core/model/partner.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr int label_width = 18;

void append_line(std::string& out, std::string_view label, std::string_view text) {
  fmt::format_to(std::back_inserter(out), "{:<{}}", label, label_width);
  for (;;) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out.append(for_terminal(line)).append("\n");
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
    out.append(label_width, ' ');
  }
}

void append_findings(std::string& out, const Verification& verification) {
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const Finding& finding = verification.findings[i];
    append_line(out, i == 0 ? "findings" : "",
                fmt::format("{}: {}{}", code_of(static_cast<Criterion>(i)), code_of(finding.verdict),
                            finding.by_person ? " (found by a person)" : ""));
  }
  std::string_view label = "sources";
  for (const Remark& source : verification.sources) {
    append_line(out, label, source.str());
    label = "";
  }
}

std::string described(const Commitment& commitment) {
  std::string text = "received on " + commitment.received_on.str();
  if (commitment.annulment == Annulment::entered_in_error) text += ", entered in error";
  if (commitment.annulment == Annulment::corrected) text += ", corrected later";
  if (commitment.annulment == Annulment::undone) text += ", undone";
  if (commitment.signed_on) text += ", signed on " + commitment.signed_on->str();
  if (commitment.signed_by) text += ", signed by " + commitment.signed_by->str();
  if (!commitment.document)
    return text + ", without a document: " + (commitment.exception ? commitment.exception->str() : "erased");
  const Document& document = *commitment.document;
  return text + fmt::format("\n{} ({}, {} bytes)\nSHA-256 {}",
                            document.name ? document.name->str() : "name erased", document.type,
                            document.size, document.sha256);
}

std::string_view document_state(const KeptDocument& kept) {
  if (kept.is_erased) return ", erased";
  return kept.is_annulled ? ", annulled" : "";
}

std::string described(std::size_t number, const KeptDocument& kept) {
  const Document& document = kept.document;
  std::string text = fmt::format("{}, added on {}: {} ({}, {} bytes{})\nSHA-256 {}", number, kept.day.str(),
                                 document.name ? document.name->str() : "name erased", document.type,
                                 document.size, document_state(kept), document.sha256);
  return kept.note ? text + "\n" + kept.note->str() : text;
}

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
  if (!commitment.document) {
    json.null().end_object();
    return;
  }
  const Document& document = *commitment.document;
  json.begin_object().member_or_null("name", text_of(document.name)).member("type", document.type);
  json.member("size", static_cast<std::int64_t>(document.size)).member("sha256", document.sha256);
  json.end_object().end_object();
}

}  // namespace

std::string sheet_as_text(const PartnerSheet& sheet) {
  std::string out;
  for (const Column column : all_columns) {
    if (const auto text = column_text(sheet.partner, column)) append_line(out, code_of(column), *text);
  }
  if (sheet.verification) append_findings(out, *sheet.verification);
  for (const Commitment& commitment : sheet.commitments)
    append_line(out, commitment.kind == CommitmentKind::renewal ? "renewal" : "commitment",
                described(commitment));
  for (std::size_t i = 0; i < sheet.documents.size(); ++i) {
    if (sheet.documents[i].use == DocumentUse::document)
      append_line(out, "document", described(i + 1, sheet.documents[i]));
  }
  for (const Letter& letter : sheet.letters) {
    append_line(out, "letter",
                fmt::format("{} {} to {}", letter.on.str(), code_of(letter.kind),
                            letter.recipient ? letter.recipient->str() : "erased"));
  }
  for (const PartnerNote& note : sheet.notes) {
    append_line(out, "note",
                fmt::format("{} {}: {}", note.on.str(), note.actor, note.text ? note.text->str() : "erased"));
  }
  return out;
}

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
