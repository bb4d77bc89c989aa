#include <memory>

#include "cli/change.hpp"
#include "core/ops/end.hpp"
#include "core/ops/find.hpp"

namespace covenant {

namespace {

struct RevokeOptions {
  std::optional<std::string> ref;
  Inputs inputs{{{"reason", "CODE", "reason: " + joined_codes<EndReason>(", ")},
                 {"on", "DATE", "day of the ending (default today)"},
                 {"note", "TEXT", "explanation of the reason"},
                 {"successor", "REF", "listed partner that it merged into"}}};
  CsvOptions csv;
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return "Revoked " + counted(summary.outcomes.size(), "partner") + ".";
}

/// The partner that goes on after a merger, as it was named: a merger has one, and nothing else has.
std::optional<std::string> read_successor(RowFields& fields, const std::optional<EndReason>& reason) {
  const auto successor = fields.text("successor");
  if (reason == EndReason::merged && !successor) {
    fields.add(
        Problem::of(ProblemCode::required, "", "a merger needs a successor; name the partner that continues"),
        "successor");
  } else if (reason && reason != EndReason::merged && successor) {
    fields.add(Problem::of(ProblemCode::choice, *successor,
                           "only a merger has a successor, not '" + std::string(code_of(*reason)) + "'"),
               "successor");
  }
  return successor ? std::optional<std::string>(*successor) : std::nullopt;
}

PartnerVerb read_ending(RowFields& fields, const Deed& deed) {
  const Date today = deed.today;
  Ending ending{.on = fields.past_date("on", today).value_or(today),
                .reason = fields.code<EndReason>("reason"),
                .note = fields.optional<Remark>("note"),
                .successor = std::nullopt};
  if (!fields.text("reason"))
    fields.add(Problem::of(ProblemCode::required, "",
                           "a reason is required; write one of " + joined_codes<EndReason>(", ")),
               "reason");
  const auto successor = read_successor(fields, ending.reason);
  return [ending, successor, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    Ending complete = ending;
    if (successor) {
      auto found = find_by_ref(write, *successor);
      if (auto* problem = std::get_if<Problem>(&found)) {
        problem->column = "successor";
        return refuse(std::move(*problem));
      }
      complete.successor = std::get<Partner>(found).id;
    }
    return revoke(write, partner, complete, deed);
  };
}

ExitCode run(Context& context, const RevokeOptions& options) {
  const ReadVerb read = [&](RowFields& fields) { return read_ending(fields, context.deed()); };
  if (options.csv.path) {
    return change_partners_of_rows(context, options.change, options.csv, {"reason"}, options.inputs, read,
                                   sentence)
        .code;
  }
  return change_partners(context, options.change, only(*options.ref), options.inputs, read, sentence).code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<RevokeOptions>();
  flags.argument("REF", options->ref, "partner: its id or its reference");
  options->inputs.declare(flags);
  declare_csv(flags, options->csv);
  flags.one_of({"REF", "--csv"});
  options->inputs.exclude(flags, "--csv");
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command revoke_command() {
  return {"revoke", CommandGroup::manage, "end a partnership for the Commission", declare};
}

}  // namespace covenant
