#include "core/ops/verify.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/history/record.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/finding_table.hpp"

namespace covenant {

namespace {

/// The earlier findings of people that this verification does not repeat.
Notes dropped_findings(Read& read, const Partner& partner, const Overrides& overrides) {
  Notes notes;
  const auto earlier = find_verification(read, partner.id);
  for (std::size_t i = 0; earlier && i < criterion_count; ++i) {
    const Finding& finding = earlier->findings[i];
    if (!finding.by_person || overrides[i]) continue;
    const auto text = fmt::format("{}={}", code_of(static_cast<Criterion>(i)), code_of(finding.verdict));
    notes.push_back(
        Note::of(NoteCode::finding, text,
                 fmt::format("{}: the earlier finding '{}' no longer counts; repeat it to keep it",
                             partner.id.str(), text),
                 "finding"));
  }
  return notes;
}

}  // namespace

OutcomeResult verify(Write& write, const Partner& partner, const Overrides& overrides,
                     const std::vector<Remark>& sources, const Deed& deed) {
  if (!is_legal(partner.status, Move::verify)) return refuse(illegal_move(partner, Move::verify));
  Notes notes = dropped_findings(write, partner, overrides);
  const Verification verification{evaluate(partner.application, overrides), sources};
  Partner after = partner;
  const bool is_recheck = partner.status == Status::approved;
  if (!is_recheck) after.status = all_pass(verification.findings) ? Status::eligible : Status::ineligible;
  after.verified_on = deed.today;
  record(write, {.action = Action::verify, .before = &partner, .after = after, .verification = &verification},
         deed);
  Outcome outcome = updated(partner, after);
  outcome.found = verification.findings;
  outcome.notes = std::move(notes);
  return outcome;
}

}  // namespace covenant
