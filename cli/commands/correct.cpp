#include <fmt/format.h>

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
                              {"end_reason", "CODE", "reason: " + joined_codes<EndReason>(", "), Repeats::no,
                               choices_of<EndReason>()},
                              {"end_note", "TEXT", "explanation of the reason"},
                              {"successor", "REF", "listed partner that it merged into"},
                              {"because", "TEXT", "why it is corrected", Repeats::no, {}, "Required"}})};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  if (summary.outcomes.size() == 0)
    return summary.outcomes.first().str() + " is so already; nothing was changed.";
  return sentence_of(summary.mood, {"corrected", "correct"}, summary.outcomes.first().str());
}

/// Says in one line what is missing of why and what.
void demand_given(RowFields& fields, const Inputs& inputs) {
  const auto& columns = inputs.columns();
  const bool has_reason = fields.text("because").has_value();
  const bool has_fact = std::any_of(columns.begin(), columns.end(), [&](std::string_view column) {
    return column != "because" && fields.text(column).has_value();
  });
  if (has_reason && has_fact) return;
  const std::string_view fact = "what was entered wrongly, such as --received-on DATE";
  fields.add(
      Problem::of(ProblemCode::required, "",
                  fmt::format("correct: missing {}{}{}", has_fact ? "" : fact,
                              has_fact || has_reason ? "" : ", and ", has_reason ? "" : "--because TEXT")),
      "");
}

/// The joining that is corrected: the last one that counts.
std::optional<Commitment> find_joining(Read& read, PartnerId partner) {
  std::vector<Commitment> commitments = find_commitments(read, partner);
  const auto last = std::find_if(commitments.rbegin(), commitments.rend(), [](const Commitment& commitment) {
    return commitment.kind == CommitmentKind::joining && !commitment.annulled_by;
  });
  return last == commitments.rend() ? std::nullopt : std::optional(std::move(*last));
}

/// What the document of the joining is as of a corrected day of receipt, as a signature may be valid on one
/// day and not on another. Nothing where it was not read, or is not stored any more.
std::optional<JudgedAgain> judge_again(const Context& context, Read& read, PartnerId partner,
                                       const Commitment& joining, Date received_on) {
  if (!joining.document || !joining.judgement) return std::nullopt;
  const Judgement& before = *joining.judgement;
  const bool is_so_already = joining.received_on == received_on;
  if (is_so_already || before.unread || is_erased(read, partner, joining.document->sha256))
    return std::nullopt;
  Judgement now =
      judgement_of(read_again(context, read, partner, {*joining.document, received_on, before}).reading);
  now.signed_file = before.signed_file;
  return JudgedAgain{joining.document->sha256, std::move(now)};
}

/// What has to be read of documents, before anything is locked.
struct ReadBefore {
  std::optional<ReceivedCommitment> received;
  std::optional<JudgedAgain> judged_again;
};

ReadBefore read_documents(Context& context, const std::string& ref, RowFields& fields,
                          std::optional<Date> received_on) {
  ReadBefore before;
  const bool has_document = fields.text("commitment").has_value();
  if (!has_document && (!received_on || fields.text("no_commitment"))) return before;
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const auto found = find_by_ref_or_name(read, ref);
  const auto* partner = std::get_if<Partner>(&found);
  const auto joining = partner == nullptr ? std::nullopt : find_joining(read, partner->id);
  if (has_document) {
    const CsvOptions none;
    const auto day = received_on || !joining ? received_on : std::optional(joining->received_on);
    before.received = CommitmentReader(context, none).read(fields, day);
  } else if (joining) {
    before.judged_again = judge_again(context, read, partner->id, *joining, *received_on);
  }
  return before;
}

PartnerVerb read_correction(RowFields& fields, const CorrectOptions& options, Context& context) {
  const Inputs& inputs = options.inputs;
  const Deed& deed = context.deed();
  const Policies& demanded = context.settings().policies;
  demand_given(fields, inputs);
  const auto because = fields.optional<Remark>("because");
  if (!because) return {};
  const auto received_on = fields.past_date("received_on", deed.today);
  auto [received, judged_again] = read_documents(context, options.ref, fields, received_on);
  const auto correction = std::make_shared<const Correction>(
      Correction{.received_on = received_on,
                 .signed_on = fields.past_date("signed_on", deed.today),
                 .signed_by = fields.optional<PersonText>("signed_by"),
                 .document = received ? std::optional(std::move(received->document)) : std::nullopt,
                 .judged_again = std::move(judged_again),
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
