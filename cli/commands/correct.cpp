#include <memory>
#include <optional>
#include <string>

#include "cli/change.hpp"
#include "cli/flags.hpp"
#include "cli/inputs.hpp"
#include "core/ops/correct.hpp"
#include "core/ops/find.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

struct CorrectOptions {
  std::string ref;
  Inputs inputs{{{"received_on", "DATE", "day of receipt of the commitment"},
                 {"signed_on", "DATE", "day of the signature"},
                 {"signed_by", "NAME", "name of the signatory"},
                 {"commitment", "FILE", "signed commitment, stored unchanged"},
                 {"no_commitment", "REASON", "why there is no document"},
                 {"ended_on", "DATE", "day of the ending"},
                 {"end_reason", "CODE", "reason: " + joined_codes<EndReason>(", ")},
                 {"end_note", "TEXT", "explanation of the reason"},
                 {"successor", "REF", "listed partner that it merged into"},
                 {"because", "TEXT", "why it is corrected", Repeats::no, {}, "Required"}}};
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

PartnerVerb read_correction(RowFields& fields, const Inputs& inputs, const Policies& demanded,
                            const Deed& deed) {
  demand_given(fields, inputs);
  const auto because = fields.optional<Remark>("because");
  if (!because) return {};
  const auto correction = std::make_shared<const Correction>(
      Correction{.received_on = fields.past_date("received_on", deed.today),
                 .signed_on = fields.past_date("signed_on", deed.today),
                 .signed_by = fields.optional<PersonText>("signed_by"),
                 .document = read_document(fields, CsvOptions()),
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
  declare_change(flags, options->change);
  return [options](Context& context) {
    const ReadVerb read = [&](RowFields& fields) {
      return read_correction(fields, options->inputs, context.settings().policies, context.deed());
    };
    return change_partners(context, options->change, named({options->ref}), options->inputs, {read, sentence})
        .code;
  };
}

}  // namespace

Command correct_command() {
  return {"correct", CommandGroup::correct, "correct a fact of a joining or an ending", declare};
}

}  // namespace covenant
