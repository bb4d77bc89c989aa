#include "core/ops/renew.hpp"

#include "core/history/record.hpp"
#include "core/ops/evidence_rules.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

OutcomeResult renew(Write& write, const Partner& partner, const Renewal& renewal, const Policies& demanded,
                    const Deed& deed) {
  if (!is_legal(partner.status, Move::renew)) return refuse(illegal_move(partner, Move::renew));
  if (renewal.on < *partner.approved_on)
    return refuse(too_early("on", renewal.on, "the joining", *partner.approved_on));
  if (partner.renewed_on == renewal.on && !renewal.document && !renewal.note) return unchanged(partner);
  std::optional<Commitment> commitment;
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
  return updated(partner, after);
}

OutcomeResult add_note(Write& write, const Partner& partner, const Remark& note, const Deed& deed) {
  record(write, {.action = Action::note, .before = &partner, .after = partner, .note = &note}, deed);
  return updated(partner, partner);
}

}  // namespace covenant
