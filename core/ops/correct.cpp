#include "core/ops/correct.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/attached.hpp"
#include "core/history/record.hpp"
#include "core/history/standing.hpp"
#include "core/model/stored_text.hpp"
#include "core/ops/end.hpp"
#include "core/ops/evidence_rules.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/document_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

namespace {

/// A joining of the partner: the event of its approval, and what it rests on.
struct Joining {
  std::int64_t approval;
  Commitment commitment;
};

/// A partner's joining and ending, as they are or as they should be. `Partner` has them too, where they are
/// of the present application.
struct Facts {
  std::optional<Joining> joining;
  std::optional<std::pair<std::int64_t, PastEnding>> ending;
};

Facts facts_of(Read& read, const Partner& partner, const Attached& attached) {
  Facts facts;
  if (const auto place = find_last_joining(attached)) {
    const auto& [seq, commitment] = attached.commitments[*place];
    // Not what the event says: version 1 sealed the signatory for itself.
    const std::vector<Commitment> rows = find_commitments(read, partner.id);
    facts.joining = {commitment.corrects.value_or(seq), rows[*place]};
  }
  if (!attached.endings.empty()) facts.ending = attached.endings.back();
  return facts;
}

bool is_about_joining(const Correction& correction) {
  return correction.received_on || correction.signed_on || correction.signed_by || correction.document ||
         correction.exception;
}

bool is_about_ending(const Correction& correction) {
  return correction.ended_on || correction.end_reason || correction.end_note || correction.successor;
}

bool has_verdict(const Judgement& judgement) {
  return judgement.verdict != SignatureVerdict::unchecked ||
         std::any_of(
             judgement.signatures.begin(), judgement.signatures.end(),
             [](const Signature& signature) { return signature.verdict != SignatureVerdict::unchecked; });
}

/// What is left of a judgement as of a day for which the document could not be judged.
Judgement unchecked(Judgement judgement) {
  const std::string why = "it was not stored any more to be judged as of its corrected day of receipt";
  judgement.verdict = SignatureVerdict::unchecked;
  judgement.accept_invalid.reset();
  judgement.notes = {why};
  for (Signature& signature : judgement.signatures) {
    signature.verdict = SignatureVerdict::unchecked;
    signature.anchor.reset();
    signature.notes = {why};
  }
  return judgement;
}

/// A verdict is as of the day of receipt: as of another it is what was judged again, or nothing is known.
void set_received_on(Commitment& commitment, Date day, const std::optional<JudgedAgain>& again) {
  if (commitment.received_on == day) return;
  commitment.received_on = day;
  if (!commitment.document || !commitment.judgement) return;
  if (!again || again->sha256 != commitment.document->sha256) {
    if (has_verdict(*commitment.judgement)) commitment.judgement = unchecked(*commitment.judgement);
  } else if (again->judgement.verdict != commitment.judgement->verdict) {
    commitment.judgement = again->judgement;
  }
}

Facts corrected(Facts facts, const Correction& correction) {
  if (facts.joining) {
    Commitment& commitment = facts.joining->commitment;
    if (correction.received_on) set_received_on(commitment, *correction.received_on, correction.judged_again);
    if (correction.signed_on) commitment.signed_on = correction.signed_on;
    if (correction.signed_by) commitment.signed_by = correction.signed_by;
    if (correction.document || correction.exception) {
      commitment.exception = correction.exception;
      commitment.document.reset();
      commitment.judgement.reset();
    }
    if (correction.document) {
      commitment.document = correction.document->document;
      commitment.judgement = correction.document->judgement;
    }
  }
  if (facts.ending) {
    Ended& ended = facts.ending->second.ended;
    ended.on = correction.ended_on.value_or(ended.on);
    if (correction.end_reason) ended.reason = correction.end_reason;
  }
  return facts;
}

bool rest_on_the_same(const Commitment& a, const Commitment& b) {
  return a.document == b.document && a.exception == b.exception && a.judgement == b.judgement;
}

bool are_the_same(const Commitment& a, const Commitment& b) {
  return a.received_on == b.received_on && a.signed_on == b.signed_on && a.signed_by == b.signed_by &&
         rest_on_the_same(a, b);
}

/// The day of the application that led to the approval in that event.
Date application_before(const std::vector<EventRecord>& events, std::int64_t approval, Date present) {
  std::optional<Date> day;
  for (const EventRecord& event : events) {
    if (event.seq > approval && event.action == code_of(Action::apply)) return day.value_or(present);
    for (const auto& [column, text] : event.set) {
      if (column == "applied_on"_column) day = stored(Date::parse(text));
    }
  }
  return present;
}

/// A partner and all events about it, with what they leave.
struct Subject {
  const Partner& partner;
  const std::vector<EventRecord>& events;
  const Attached& attached;
};

/// The day of the last ending before that event, those that were entered in error aside.
std::optional<Date> ending_before(const Attached& attached, std::int64_t approval) {
  std::optional<Date> day;
  for (const auto& [seq, ending] : attached.endings) {
    const bool counts = ending.was == Status::approved && ending.ended.reason != EndReason::entered_in_error;
    if (counts && seq < approval) day = ending.ended.on;
  }
  return day;
}

std::optional<Problem> find_impossible_joining(const Subject& subject, const Facts& facts) {
  constexpr std::string_view column = "received_on";
  const auto& [approval, commitment] = *facts.joining;
  const Date received = commitment.received_on;
  const Date applied = application_before(subject.events, approval, subject.partner.application.applied_on);
  if (auto problem = find_too_early(column, received, "the application", applied)) return problem;
  const auto ending = ending_before(subject.attached, approval);
  if (ending && received < *ending) return too_early(column, received, "the last ending", *ending);
  if (facts.ending && facts.ending->first > approval && received > facts.ending->second.ended.on)
    return too_late(column, received, "the ending", facts.ending->second.ended.on);
  const auto& renewed_on = subject.partner.renewed_on;
  if (renewed_on && received > *renewed_on) return too_late(column, received, "the renewal", *renewed_on);
  return find_impossible_signature(received, commitment.signed_on);
}

std::optional<Problem> find_impossible_ending(const Subject& subject, const Facts& facts) {
  constexpr std::string_view column = "ended_on";
  const auto& [seq, ending] = *facts.ending;
  const Date on = ending.ended.on;
  const bool is_of_joining = ending.was == Status::approved && facts.joining && facts.joining->approval < seq;
  const bool is_of_application = ending.was != Status::approved && subject.partner.ended_on;
  if (is_of_application)
    return find_too_early(column, on, "the application", subject.partner.application.applied_on);
  if (is_of_joining) {
    if (auto problem = find_too_early(column, on, "the joining", facts.joining->commitment.received_on))
      return problem;
    const auto& renewed_on = subject.partner.renewed_on;
    return renewed_on && on < *renewed_on ? std::optional(too_early(column, on, "the renewal", *renewed_on))
                                          : std::nullopt;
  }
  if (facts.joining && facts.joining->approval > seq && on > facts.joining->commitment.received_on &&
      ending.ended.reason != EndReason::entered_in_error)
    return too_late(column, on, "the next joining", facts.joining->commitment.received_on);
  for (const auto& [approval, commitment] : subject.attached.commitments) {
    const bool is_before = commitment.kind == CommitmentKind::joining && !commitment.annulled_by &&
                           commitment.corrects.value_or(approval) < seq;
    if (is_before && on < commitment.received_on)
      return too_early(column, on, "the joining", commitment.received_on);
  }
  auto problem = find_before_launch(on);
  if (problem) problem->column = column;
  return problem;
}

std::optional<Problem> find_refusal(Read& read, const Subject& subject, const Facts& facts,
                                    const Correction& correction) {
  const Partner& partner = subject.partner;
  const std::string id = partner.id.str();
  if (is_about_joining(correction) && !facts.joining)
    return rule_refuses(partner, fmt::format("{}: never joined; there is no joining to correct", id), "");
  if (correction.document && is_erased(read, partner.id, correction.document->document.sha256)) {
    return rule_refuses(
        partner, fmt::format("{}: this document was erased; add it to the evidence again first", id), "");
  }
  if (!is_about_ending(correction)) return std::nullopt;
  if (!facts.ending)
    return rule_refuses(partner, fmt::format("{}: did not end; there is no ending to correct", id), "");
  if (correction.end_reason && !subject.attached.endings.back().second.ended.reason) {
    return rule_refuses(partner, fmt::format("{}: withdrew, and only a revocation has a reason", id),
                        "end_reason");
  }
  if (!partner.ended_on &&
      (correction.end_note || correction.successor || correction.end_reason == EndReason::merged)) {
    return rule_refuses(
        partner,
        fmt::format("{}: applied again since its last ending, of which only the day and the reason can be "
                    "corrected, and not to a merger",
                    id),
        "");
  }
  const auto& reason = facts.ending->second.ended.reason;
  const bool keeps = reason == EndReason::merged && !correction.successor && partner.successor;
  if (keeps || !partner.ended_on) return std::nullopt;
  return find_wrong_successor(read, partner, reason, correction.successor);
}

/// The partner with the days and the ending that follow from what is corrected.
Partner partner_after(const Partner& partner, const Facts& facts, const Correction& correction,
                      const Attached& after) {
  Partner corrected = partner;
  corrected.partner_since = first_joining(after);
  if (partner.approved_on && facts.joining) corrected.approved_on = facts.joining->commitment.received_on;
  if (!partner.ended_on || !facts.ending) return corrected;
  const Ended& ended = facts.ending->second.ended;
  corrected.ended_on = ended.on;
  corrected.end_reason = ended.reason;
  if (correction.end_note) corrected.end_note = correction.end_note;
  if (correction.successor || ended.reason != EndReason::merged) corrected.successor = correction.successor;
  return corrected;
}

std::optional<Problem> find_impossible_day(const Subject& subject, const Facts& facts,
                                           const Correction& correction) {
  if (correction.received_on || correction.signed_on) {
    if (auto problem = find_impossible_joining(subject, facts)) return problem;
  }
  if (correction.ended_on || correction.end_reason) return find_impossible_ending(subject, facts);
  return std::nullopt;
}

}  // namespace

OutcomeResult correct(Write& write, const Partner& partner, const Correction& correction,
                      const Policies& demanded, const Deed& deed) {
  demand_standing(write, partner.id);
  const std::vector<EventRecord> events =
      read_events(write, write, partner.id, last_known_event(write, partner.id));
  const Attached attached = attached_by(events);
  const Subject subject{partner, events, attached};
  const Facts before = facts_of(write, partner, attached);
  const Facts facts = corrected(before, correction);
  if (auto problem = find_refusal(write, subject, facts, correction)) return refuse(*std::move(problem));
  if (auto problem = find_impossible_day(subject, facts, correction)) return refuse(*std::move(problem));

  const Commitment* commitment = nullptr;
  const Ended* ending = nullptr;
  const Policies* in_force = nullptr;
  if (facts.joining && !are_the_same(facts.joining->commitment, before.joining->commitment))
    commitment = &facts.joining->commitment;
  if (facts.ending && facts.ending->second.ended != before.ending->second.ended)
    ending = &facts.ending->second.ended;
  Attached left = attached;
  correct(left, INT64_MAX, commitment, ending);
  const Partner after = partner_after(partner, facts, correction, left);
  if (after == partner && commitment == nullptr && ending == nullptr) return unchanged(partner);

  Outcome outcome = updated(partner, after);
  const Policies policies = stricter(find_policies(write), demanded);
  if (commitment != nullptr && !rest_on_the_same(*commitment, before.joining->commitment)) {
    if (auto problem =
            find_weak_evidence(write, partner, *commitment, policies, deed, "correct its commitment"))
      return refuse(*std::move(problem));
    in_force = &policies;
  }
  if (commitment != nullptr && correction.document) {
    outcome.notes = notes_on(write, partner, *correction.document, "commitment");
    store_document(write, correction.document->document, correction.document->reread());
  } else if (commitment != nullptr) {
    outcome.notes = notes_on_verdict(before.joining->commitment, *commitment);
  }
  record(write,
         {.action = Action::correct,
          .before = &partner,
          .after = after,
          .commitment = commitment,
          .ending = ending,
          .policies = in_force,
          .because = &correction.because},
         deed);
  if (commitment == nullptr) return outcome;
  return with_notes(std::move(outcome), keep_signed_file(write, after, correction.document, deed));
}

}  // namespace covenant
