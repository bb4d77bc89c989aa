#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/change.hpp"
#include "cli/commitment.hpp"
#include "cli/flags.hpp"
#include "cli/inputs.hpp"
#include "cli/reader.hpp"
#include "core/documents/judgement.hpp"
#include "core/ops/correct.hpp"
#include "core/ops/find.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

struct CorrectOptions {
  std::string ref;
  Inputs inputs{with_reading({{"received_on", "DATE", "day of receipt of the commitment"},
                              {"signed_on", "DATE", "day of the signature"},
                              {"signed_by", "NAME", "name of the signatory"},
                              {"commitment", "FILE", "signed commitment, stored unchanged"},
                              {"no_commitment", "REASON", "why there is no document"},
                              {"ended_on", "DATE", "day of the ending"},
                              {"end_reason", "CODE", "reason: " + joined_codes<EndReason>(", ")},
                              {"end_note", "TEXT", "explanation of the reason"},
                              {"successor", "REF", "listed partner that it merged into"},
                              {"because", "TEXT", "why it is corrected", Repeats::no, {}, "Required"}})};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  if (summary.outcomes.size() == 0)
    return summary.outcomes.first().str() + " is so already; nothing was changed.";
  return "Corrected " + summary.outcomes.first().str() + ".";
}

/// Why is asked for, and what.
void demand_given(RowFields& fields, const Inputs& inputs) {
  if (!fields.text("because"))
    fields.add(Problem::of(ProblemCode::required, "", "is required; say why it is corrected"), "because");
  for (const std::string_view column : inputs.columns()) {
    if (column != "because" && fields.text(column)) return;
  }
  fields.add(Problem::of(ProblemCode::required, "",
                         "nothing to correct; add what was entered wrongly, as --received-on"),
             "");
}

/// The day of receipt that is recorded, where the partner has joined: of it the document is read.
std::optional<Date> recorded_day(Context& context, const std::string& ref) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const auto found = find_by_ref_or_name(read, ref);
  const auto* partner = std::get_if<Partner>(&found);
  if (partner == nullptr) return std::nullopt;
  const std::vector<Commitment> commitments = find_commitments(read, partner->id);
  const Commitment* last = in_force(commitments);
  return last == nullptr ? std::nullopt : std::optional(last->received_on);
}

/// A signature may hold on one day and not on another: what the document of the last joining is, as of the
/// corrected day of receipt, where that is not what was recorded.
std::optional<JudgedAgain> judge_again(Context& context, const std::string& ref, Date received_on) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const auto found = find_by_ref_or_name(read, ref);
  const auto* partner = std::get_if<Partner>(&found);
  if (partner == nullptr) return std::nullopt;
  const std::vector<Commitment> commitments = find_commitments(read, partner->id);
  const auto last = std::find_if(commitments.rbegin(), commitments.rend(), [](const Commitment& commitment) {
    return commitment.kind == CommitmentKind::joining && !commitment.annulled_by;
  });
  if (last == commitments.rend() || !last->document || !last->judgement) return std::nullopt;
  const Judgement& before = *last->judgement;
  const bool has_signatures = before.verdict != SignatureVerdict::unchecked || !before.signatures.empty();
  if (!has_signatures || is_erased(read, partner->id, last->document->sha256)) return std::nullopt;
  const bool is_part = before.mail && before.mail->document;
  Judgement now =
      judgement_of(read_stored(context, read, *last->document,
                               {.signed_file = std::nullopt,
                                .attachment = is_part ? before.mail->document->name : std::nullopt,
                                .received_on = received_on})
                       .reading);
  if (now.verdict == before.verdict) return std::nullopt;
  return JudgedAgain{last->document->sha256, std::move(now)};
}

PartnerVerb read_correction(RowFields& fields, const CorrectOptions& options, Context& context) {
  const Inputs& inputs = options.inputs;
  const Deed& deed = context.deed();
  const Policies& demanded = context.settings().policies;
  demand_given(fields, inputs);
  const auto because = fields.optional<Remark>("because");
  if (!because) return {};
  const auto received_on = fields.past_date("received_on", deed.today);
  const CsvOptions none;
  std::optional<ReceivedCommitment> received;
  if (fields.text("commitment")) {
    received = CommitmentReader(context, none)
                   .read(fields, received_on ? received_on : recorded_day(context, options.ref));
  }
  const bool has_new_evidence = fields.text("commitment") || fields.text("no_commitment");
  const auto correction = std::make_shared<const Correction>(Correction{
      .received_on = received_on,
      .signed_on = fields.past_date("signed_on", deed.today),
      .signed_by = fields.optional<PersonText>("signed_by"),
      .document = received ? std::optional(std::move(received->document)) : std::nullopt,
      .judged_again =
          received_on && !has_new_evidence ? judge_again(context, options.ref, *received_on) : std::nullopt,
      .exception = fields.optional<Remark>("no_commitment"),
      .ended_on = fields.past_date("ended_on", deed.today),
      .end_reason = fields.code<EndReason>("end_reason"),
      .end_note = fields.optional<Remark>("end_note"),
      .successor = std::nullopt,
      .because = *because});
  const auto given = fields.text("successor");
  const std::string successor(given.value_or(""));
  return [correction, successor, &demanded, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    Correction complete = *correction;
    if (!successor.empty()) {
      auto found = find_by_ref_or_name(write, successor);
      if (auto* problem = std::get_if<Problem>(&found)) {
        problem->column = "successor";
        return refuse(std::move(*problem));
      }
      complete.successor = std::get<Partner>(found).id;
    }
    return correct(write, partner, complete, demanded, deed);
  };
}

Run declare(Flags& flags) {
  auto options = std::make_shared<CorrectOptions>();
  flags.required_argument("REF", options->ref, "partner: id, reference, acronym or name");
  options->inputs.declare(flags);
  flags.excludes("--commitment", {"--no-commitment"});
  relate_reading(flags);
  declare_change(flags, options->change);
  return [options](Context& context) {
    const ReadVerb read = [&](RowFields& fields) { return read_correction(fields, *options, context); };
    return change_partners(context, options->change, named({options->ref}), options->inputs, {read, sentence})
        .code;
  };
}

}  // namespace

Command correct_command() {
  return {"correct", CommandGroup::correct, "correct a fact of a joining or an ending", declare};
}

}  // namespace covenant
