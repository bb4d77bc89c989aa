#include "core/ops/approve.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/history/record.hpp"
#include "core/ops/media_type.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/event_table.hpp"

namespace covenant {

namespace {

/// Accounts of people begin here; below are root and the system's own. Source: Debian Policy section 9.2.2.
constexpr std::int64_t first_person_uid = 1000;

bool is_same_person(const Verifier& verifier, const Deed& deed) {
  return verifier.actor == deed.actor || (deed.uid >= first_person_uid && verifier.uid == deed.uid);
}

std::optional<Problem> find_refusal(Read& read, const Partner& partner, const ApprovalEvidence& evidence,
                                    FourEyes four_eyes, const Deed& deed) {
  if (!is_legal(partner.status, Move::approve)) return illegal_move(partner, Move::approve);
  const std::string id = partner.id.str();
  if (!partner.application.contact) {
    return rule_refuses(partner,
                        fmt::format("{}: no contact person; name one with 'covenant update {}'", id, id), "");
  }
  if (!evidence.document && !evidence.exception) {
    return rule_refuses(partner, fmt::format("{}: no signed commitment", id), "commitment");
  }
  if (four_eyes == FourEyes::not_required) return std::nullopt;
  const auto verifier = find_last_verifier(read, partner.id);
  if (!verifier || !is_same_person(*verifier, deed)) return std::nullopt;
  return rule_refuses(
      partner,
      fmt::format("{} was verified by {}; the four-eyes rule requires somebody else to approve", id,
                  verifier->actor),
      "");
}

Notes notes_on(Read& read, const Partner& partner, const Document& document) {
  Notes notes;
  const std::string name = document.name ? document.name->str() : std::string();
  if (const auto other = find_other_holder(read, document.sha256, partner.id)) {
    notes.push_back(Note::of(NoteCode::document, name,
                             fmt::format("'{}' is also the commitment of {}", name, other->str()),
                             "commitment"));
  }
  if (auto why = find_contradiction(name, document.type))
    notes.push_back(Note::of(NoteCode::document, name, *std::move(why), "commitment"));
  return notes;
}

/// A commitment is received on or after the application, the last ending and the signature.
std::optional<Problem> find_impossible_day(Read& read, const Partner& partner,
                                           const ApprovalEvidence& evidence) {
  const Date received = evidence.received_on;
  if (auto problem =
          find_too_early("received_on", received, "the application", partner.application.applied_on))
    return problem;
  if (partner.partner_since) {
    const auto ending = find_last_ending(read, partner.id);
    if (ending && received < *ending) return too_early("received_on", received, "the last ending", *ending);
  }
  if (!evidence.signed_on) return std::nullopt;
  if (received < *evidence.signed_on)
    return too_early("received_on", received, "the signature", *evidence.signed_on);
  auto problem = find_before_launch(*evidence.signed_on);
  if (problem) problem->column = "signed_on";
  return problem;
}

}  // namespace

LoadedDocument load_document(const std::string& path) {
  std::string bytes = read_file(path, largest_document);
  if (bytes.empty()) throw Error(ErrorKind::bad_input, path + ": is empty; name the signed commitment");
  auto name = FileName::parse(file_name_of(path));
  if (!name) {
    throw Error(ErrorKind::bad_input,
                fmt::format("{}: the file's name: {}; rename the file", path, name.problem().message));
  }
  if (const auto active = find_active_content(name->str(), bytes)) {
    throw Error(
        ErrorKind::bad_input,
        fmt::format("{}: is {}; name a PDF document, a scan, a signed e-mail or a signature container", path,
                    *active));
  }
  std::string type = media_type(name->str(), bytes);
  Document document{*std::move(name), std::move(type), bytes.size(), to_hex(bytes_of(sha256({bytes})))};
  return {std::move(document), std::move(bytes)};
}

OutcomeResult approve(Write& write, const Partner& partner, const ApprovalEvidence& evidence,
                      FourEyes four_eyes, const Deed& deed) {
  if (auto problem = find_refusal(write, partner, evidence, four_eyes, deed))
    return refuse(*std::move(problem));
  if (auto problem = find_impossible_day(write, partner, evidence)) return refuse(*std::move(problem));
  Commitment commitment{evidence.received_on, evidence.signed_on, evidence.signed_by, std::nullopt,
                        evidence.exception};
  Notes notes;
  if (evidence.document) {
    notes = notes_on(write, partner, evidence.document->document);
    commitment.document = evidence.document->document;
    store_document(write, evidence.document->document, evidence.document->bytes);
  }
  Partner after = partner;
  after.status = Status::approved;
  after.approved_on = evidence.received_on;
  if (!after.partner_since) after.partner_since = evidence.received_on;
  record(write, {.action = Action::approve, .before = &partner, .after = after, .commitment = &commitment},
         deed);
  Outcome outcome = updated(partner, after);
  outcome.notes = std::move(notes);
  return outcome;
}

}  // namespace covenant
