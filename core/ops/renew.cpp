#include "core/ops/renew.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/history/record.hpp"
#include "core/ops/evidence_rules.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/document_table.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

bool is_so(Read& read, const Partner& partner, const Renewal& renewal) {
  if (partner.renewed_on != renewal.on) return false;
  if (!renewal.document) return true;
  const std::vector<Commitment> commitments = find_commitments(read, partner.id);
  return std::any_of(commitments.begin(), commitments.end(), [&](const Commitment& commitment) {
    return commitment.kind == CommitmentKind::renewal && commitment.received_on == renewal.on &&
           !commitment.annulled_by && commitment.document &&
           commitment.document->sha256 == renewal.document->document.sha256;
  });
}

OutcomeResult renew(Write& write, const Partner& partner, const Renewal& renewal, const Policies& demanded,
                    const Deed& deed) {
  if (!is_legal(partner.status, Move::renew)) return refuse(illegal_move(partner, Move::renew));
  if (renewal.on < *partner.approved_on)
    return refuse(too_early("on", renewal.on, "the joining", *partner.approved_on));
  if (!renewal.note && is_so(write, partner, renewal)) return unchanged(partner);
  std::optional<Commitment> commitment;
  Notes notes;
  if (renewal.document) {
    commitment = Commitment{.received_on = renewal.on,
                            .signed_on = std::nullopt,
                            .signed_by = std::nullopt,
                            .document = renewal.document->document,
                            .exception = std::nullopt,
                            .judgement = renewal.document->judgement,
                            .kind = CommitmentKind::renewal};
    const Policies policies = stricter(find_policies(write), demanded);
    if (auto problem =
            find_weak_evidence(write, partner, *commitment, policies, deed, "renew it with a document"))
      return refuse(*std::move(problem));
    notes = notes_on(write, partner, *renewal.document, "commitment");
    store_document(write, renewal.document->document, renewal.document->reread());
  }
  Partner after = partner;
  after.renewed_on = renewal.on;
  record(write,
         {.action = Action::renew,
          .before = &partner,
          .after = after,
          .commitment = commitment ? &*commitment : nullptr,
          .note = renewal.note ? &*renewal.note : nullptr},
         deed);
  const Notes more = keep_signed_file(write, after, renewal.document, deed);
  notes.insert(notes.end(), more.begin(), more.end());
  return with_notes(updated(partner, after), notes);
}

OutcomeResult add_note(Write& write, const Partner& partner, const Remark& note, const Deed& deed) {
  record(write, {.action = Action::note, .before = &partner, .after = partner, .note = &note}, deed);
  return updated(partner, partner);
}

}  // namespace covenant
