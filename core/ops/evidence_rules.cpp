#include "core/ops/evidence_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/documents/media_type.hpp"
#include "core/documents/reading.hpp"
#include "core/history/record.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/document_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::string name_of(const Commitment& commitment) {
  const auto& name = commitment.document->name;
  return name ? in_quotes(name->str()) : "its commitment";
}

SignatureVerdict verdict_of(const Commitment& commitment) {
  return commitment.judgement ? commitment.judgement->verdict : SignatureVerdict::unchecked;
}

/// Why it is not valid, in brackets: the first note on the worst signature, or on the document.
std::string reason_of(const Commitment& commitment) {
  if (!commitment.judgement || commitment.judgement->unread) return " (it was not read)";
  const Judgement& judgement = *commitment.judgement;
  const auto worst =
      std::find_if(judgement.signatures.begin(), judgement.signatures.end(),
                   [&](const Signature& signature) { return signature.verdict == judgement.verdict; });
  const auto& notes = worst == judgement.signatures.end() ? judgement.notes : worst->notes;
  return notes.empty() ? "" : fmt::format(" ({})", line_for_terminal(notes.front()));
}

/// Whether it is a detached signature that was judged without the file that it signs.
bool lacks_signed_file(const Commitment& commitment) {
  const auto& judgement = commitment.judgement;
  return judgement && std::any_of(judgement->signatures.begin(), judgement->signatures.end(),
                                  [](const Signature& one) { return lacks_signed_file(one); });
}

/// What has to be there for a document that is not enough; empty where an input could help.
std::string_view way_out(const Commitment& commitment) {
  const SignatureVerdict verdict = verdict_of(commitment);
  if (verdict == SignatureVerdict::valid_untrusted)
    return "; its certificate has to lead to one that signatures.trust names";
  if (verdict != SignatureVerdict::unchecked || !lacks_signed_file(commitment))
    return "; ask for a document with a valid signature";
  return commitment.judgement->signed_file ? "; add the file that it signs to the evidence again" : "";
}

}  // namespace

std::optional<Problem> find_weakness(const Partner& partner, const Commitment& commitment,
                                     const PolicyValue& required) {
  if (required.is_weakest()) return std::nullopt;
  if (!commitment.document) {
    return rule_refuses(
        partner,
        fmt::format("{}: a joining without its commitment is refused by the policy commitment, "
                    "which is '{}'",
                    partner.id.str(), required.str()),
        "");
  }
  const SignatureVerdict verdict = verdict_of(commitment);
  const bool is_trusted = verdict == SignatureVerdict::valid;
  const bool is_enough =
      is_trusted || (verdict == SignatureVerdict::valid_untrusted && required.str() == "signed");
  if (is_enough) return std::nullopt;
  const std::string_view way = way_out(commitment);
  return rule_refuses(
      partner,
      fmt::format("{}: {} is {}{}, and the policy commitment is '{}'{}", partner.id.str(),
                  name_of(commitment), code_of(verdict), reason_of(commitment), required.str(), way),
      way.empty() ? "signed_file" : "");
}

std::optional<Problem> find_invalid(const Partner& partner, const Commitment& commitment) {
  if (verdict_of(commitment) != SignatureVerdict::invalid || commitment.judgement->accept_invalid)
    return std::nullopt;
  return rule_refuses(
      partner,
      fmt::format("{}: {} is invalid{}", partner.id.str(), name_of(commitment), reason_of(commitment)),
      "accept_invalid");
}

std::optional<Problem> find_verifier(const Partner& partner, const std::vector<EventRecord>& since,
                                     const PolicyValue& four_eyes, const Deed& deed, std::string_view what) {
  if (four_eyes.is_weakest()) return std::nullopt;
  if (since.empty())
    damaged(fmt::format("{}: its verification is missing among the events about it", partner.id.str()));
  const EventRecord& verification = since.front();
  if (!is_same_person({verification.actor, verification.uid}, person_of(deed))) return std::nullopt;
  return rule_refuses(partner,
                      fmt::format("{}: verified by {}; four-eyes requires another actor to {}",
                                  partner.id.str(), verification.actor, what),
                      "");
}

Notes notes_on(Read& read, const Partner& partner, const LoadedDocument& loaded, std::string_view column) {
  const Document& document = loaded.document;
  Notes notes;
  const std::string name = document.name ? document.name->str() : std::string();
  if (const auto other = find_other_holder(read, document.sha256, partner.id)) {
    notes.push_back(Note::of(NoteCode::document, name,
                             fmt::format("{} is also a document of {}", in_quotes(name), other->str()),
                             column));
  }
  if (auto why = find_contradiction(name, document.type))
    notes.push_back(Note::of(NoteCode::document, name, *std::move(why), column));
  const auto& contact = partner.application.contact;
  const auto from = loaded.judgement && loaded.judgement->mail ? loaded.judgement->mail->from : std::nullopt;
  if (loaded.judgement && loaded.judgement->mail && !from) {
    notes.push_back(Note::of(NoteCode::reader, name,
                             fmt::format("{} does not say who sent it", in_quotes(name)), column));
  }
  if (from && contact && lower_case(*from) != lower_case(contact->email.str())) {
    notes.push_back(Note::of(NoteCode::reader, name,
                             fmt::format("{} is from {}, which is not the address of the contact",
                                         in_quotes(name), line_for_terminal(*from)),
                             column));
  }
  return notes;
}

Notes notes_on_verdict(const Commitment& before, const Commitment& after) {
  const SignatureVerdict was = verdict_of(before);
  const SignatureVerdict now = verdict_of(after);
  if (!after.document || before.document != after.document || was == now) return {};
  const auto& name = after.document->name;
  return {
      Note::of(NoteCode::reader, name ? name->str() : std::string(),
               fmt::format("{} was {}, and is {} as of {}{}", name_of(after), code_of(was), code_of(now),
                           after.received_on.str(), now == SignatureVerdict::valid ? "" : reason_of(after)),
               "received_on")};
}

bool has_document(Read& read, PartnerId partner, const std::string& sha256) {
  const auto documents = find_documents(read, partner);
  return std::any_of(documents.begin(), documents.end(), [&](const KeptDocument& kept) {
    return !kept.is_erased && !kept.is_annulled && kept.document.sha256 == sha256;
  });
}

Notes keep_signed_file(Write& write, const Partner& partner, const std::optional<LoadedDocument>& commitment,
                       const Deed& deed) {
  if (!commitment || !commitment->signed_file) return {};
  const LoadedDocument& loaded = *commitment->signed_file;
  if (has_document(write, partner.id, loaded.document.sha256)) return {};
  Notes notes = notes_on(write, partner, loaded, "signed_file");
  store_document(write, loaded.document, loaded.reread());
  const FurtherDocument further{deed.today, loaded.document, std::nullopt};
  record(write, {.action = Action::evidence, .before = &partner, .after = partner, .further = &further},
         deed);
  return notes;
}

std::optional<Problem> find_weak_evidence(Read& read, const Partner& partner, const Commitment& commitment,
                                          const Policies& policies, const Deed& deed, std::string_view what) {
  if (auto weakness = find_weakness(partner, commitment, policies.of(Policy::commitment))) return weakness;
  if (auto invalid = find_invalid(partner, commitment)) return invalid;
  return find_verifier(partner, events_since_verification(read, partner.id), policies.of(Policy::four_eyes),
                       deed, what);
}

std::optional<Problem> find_impossible_signature(Date received_on, const std::optional<Date>& signed_on) {
  if (!signed_on) return std::nullopt;
  if (received_on < *signed_on) return too_early("received_on", received_on, "the signature", *signed_on);
  auto problem = find_before_launch(*signed_on);
  if (problem) problem->column = "signed_on";
  return problem;
}

Problem without_contact(const Partner& partner) {
  const std::string id = partner.id.str();
  return rule_refuses(partner,
                      fmt::format("{}: no contact person; name one with 'covenant update {}'", id, id), "");
}

}  // namespace covenant
