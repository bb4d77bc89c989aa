#include "core/ops/approve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/event_body.hpp"
#include "core/history/record.hpp"
#include "core/history/undo.hpp"
#include "core/ops/evidence_rules.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/document_table.hpp"
#include "core/store/ending_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

Criteria amended_since(const std::vector<EventRecord>& events) {
  Criteria amended;
  const auto add = [&](std::string_view name) {
    const auto field = field_named(name);
    const auto criterion = field ? criterion_of(*field) : std::nullopt;
    if (criterion) amended.set(static_cast<std::size_t>(*criterion));
  };
  for (const EventRecord& event : events) {
    for (const auto& [column, text] : event.set) add(code_of(column));
    for (const auto& [column, text] : event.old) add(code_of(column));
    for (const EventText text : event.texts) add(code_of(text));
    for (const auto& [name, digest] : event.sealed) {
      if (name == "contact") amended.set(static_cast<std::size_t>(Criterion::contact));
    }
  }
  return amended;
}

namespace {

/// What the criteria object to when they are evaluated once more.
std::optional<Problem> find_failure(Read& read, const Partner& partner,
                                    const std::vector<EventRecord>& since) {
  const auto verification = find_verification(read, partner.id);
  if (!verification) damaged(fmt::format("{} is eligible and has no findings", partner.id.str()));
  const Findings now = evaluate_again(partner.application, verification->findings, amended_since(since));
  if (all_pass(now)) return std::nullopt;
  return rule_refuses(partner,
                      fmt::format("{}: no longer passes {}; correct it and verify it again", partner.id.str(),
                                  shortcomings(now)),
                      "");
}

/// A document that was added is no more an amendment than a letter: what was verified is as it was.
bool amends(const EventRecord& event) {
  return !changes_nothing(event) && event.action != code_of(Action::evidence);
}

/// Whoever amended the partner since it was verified is not the second pair of eyes either.
std::optional<Problem> find_same_person(const Partner& partner, const std::vector<EventRecord>& since,
                                        const Deed& deed) {
  const auto by_same = std::find_if(since.begin(), since.end(), [&](const EventRecord& event) {
    return amends(event) && is_same_person({event.actor, event.uid}, person_of(deed));
  });
  if (by_same == since.end()) return std::nullopt;
  return rule_refuses(partner,
                      fmt::format("{}: amended by {} after it was verified; four-eyes requires another actor "
                                  "to approve, or to verify "
                                  "it again",
                                  partner.id.str(), by_same->actor),
                      "");
}

/// A commitment is received on or after the application, the last ending and the signature.
std::optional<Problem> find_impossible_day(Read& read, const Partner& partner, const Commitment& commitment) {
  const Date received = commitment.received_on;
  if (auto problem =
          find_too_early("received_on", received, "the application", partner.application.applied_on))
    return problem;
  if (partner.partner_since) {
    const auto ending = find_last_ending(read, partner.id);
    if (ending && received < *ending) return too_early("received_on", received, "the last ending", *ending);
  }
  return find_impossible_signature(received, commitment.signed_on);
}

std::optional<Problem> find_refusal(Read& read, const Partner& partner, const Commitment& commitment,
                                    const Policies& policies, const Deed& deed) {
  if (!is_legal(partner.status, Move::approve)) return illegal_move(partner, Move::approve);
  const std::string id = partner.id.str();
  if (!partner.application.contact) return without_contact(partner);
  const std::vector<EventRecord> since = events_since_verification(read, partner.id);
  if (auto failure = find_failure(read, partner, since)) return failure;
  // First: as of a wrong day a signature may be invalid for that alone.
  if (auto day = find_impossible_day(read, partner, commitment)) return day;
  if (!commitment.document && !commitment.exception) {
    return rule_refuses(partner, fmt::format("{}: no signed commitment", id), "commitment");
  }
  if (auto weakness = find_weakness(partner, commitment, policies.of(Policy::commitment))) return weakness;
  if (auto invalid = find_invalid(partner, commitment)) return invalid;
  const PolicyValue& four_eyes = policies.of(Policy::four_eyes);
  if (four_eyes.is_weakest()) return std::nullopt;
  if (auto verifier = find_verifier(partner, since, four_eyes, deed, "approve")) return verifier;
  return find_same_person(partner, since, deed);
}

}  // namespace

OutcomeResult approve(Write& write, const Partner& partner, const ApprovalEvidence& evidence,
                      const Policies& demanded, const Deed& deed) {
  const Policies policies = stricter(find_policies(write), demanded);
  Commitment commitment{evidence.received_on, evidence.signed_on, evidence.signed_by, std::nullopt,
                        evidence.exception};
  if (evidence.document) {
    commitment.document = evidence.document->document;
    commitment.judgement = evidence.document->judgement;
  }
  if (auto problem = find_refusal(write, partner, commitment, policies, deed))
    return refuse(*std::move(problem));
  Notes notes;
  if (evidence.document) {
    notes = notes_on(write, partner, *evidence.document, "commitment");
    store_document(write, evidence.document->document, evidence.document->reread());
  }
  Partner after = partner;
  after.status = Status::approved;
  after.approved_on = evidence.received_on;
  // Not what is stored: joinings that were entered in error do not count.
  after.partner_since = find_first_joining(write, partner.id, Joinings::all).value_or(evidence.received_on);
  record(write,
         {.action = Action::approve,
          .before = &partner,
          .after = after,
          .commitment = &commitment,
          .policies = &policies},
         deed);
  const Notes more = keep_signed_file(write, after, evidence.document, deed);
  notes.insert(notes.end(), more.begin(), more.end());
  return with_notes(updated(partner, after), notes);
}

}  // namespace covenant
