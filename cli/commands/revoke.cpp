#include <memory>

#include "cli/change.hpp"
#include "core/ops/end.hpp"
#include "core/ops/find.hpp"
#include "core/ops/stated.hpp"

namespace covenant {

namespace {

struct RevokeOptions {
  PartnerChoice partners;
  Inputs inputs{{{"reason", "CODE", "reason: " + joined_codes<EndReason>(", "), Repeats::no,
                  choices_of<EndReason>(), "Required, without --csv"},
                 {"on", "DATE", "day of the ending (default today)"},
                 {"note", "TEXT", "explanation of the reason"},
                 {"successor", "REF", "listed partner that it merged into"}}};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return sentence_of({"revoked", "revoke"}, summary);
}

/// The partner that goes on after a merger, as it was named: nothing but a merger has one.
std::optional<std::string> read_successor(RowFields& fields, const std::optional<EndReason>& reason) {
  const auto successor = fields.text("successor");
  if (reason && reason != EndReason::merged && successor) {
    fields.add(Problem::of(ProblemCode::choice, *successor,
                           "only a merger has a successor, not '" + std::string(code_of(*reason)) + "'"),
               "successor");
  }
  return successor ? std::optional<std::string>(*successor) : std::nullopt;
}

/// What an ending cannot be recorded without: a reason, and the successor of a merger.
Problems find_missing(RowFields& fields, const std::optional<EndReason>& reason) {
  Problems missing;
  if (!fields.text("reason")) {
    missing.push_back(Problem::of(ProblemCode::required, "",
                                  "is required; write one of " + joined_codes<EndReason>(", "), "reason"));
  }
  if (reason == EndReason::merged && !fields.text("successor")) {
    missing.push_back(Problem::of(ProblemCode::required, "",
                                  "a merger needs a successor; name the partner that continues",
                                  "successor"));
  }
  return missing;
}

PartnerVerb read_ending(RowFields& fields, const Deed& deed) {
  const Date today = deed.today;
  const auto on = fields.past_date("on", today);
  Ending ending{.on = on.value_or(today),
                .reason = fields.code<EndReason>("reason"),
                .note = fields.optional<Remark>("note"),
                .successor = std::nullopt};
  const auto successor = read_successor(fields, ending.reason);
  const bool is_row = fields.origin() == InputOrigin::row;
  const Problems missing = find_missing(fields, ending.reason);
  // A row whose partner ended so already needs to say nothing more.
  if (!is_row) {
    for (const Problem& problem : missing) fields.add(problem, problem.column);
  }
  return [=, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    Ending complete = ending;
    if (successor) {
      auto found = is_row ? find_by_ref(write, *successor) : find_by_ref_or_name(write, *successor);
      if (auto* problem = std::get_if<Problem>(&found)) {
        problem->column = "successor";
        return refuse(std::move(*problem));
      }
      complete.successor = std::get<Partner>(found).id;
    }
    const StatedEnding stated{Status::revoked, on, complete.reason, complete.note, complete.successor};
    if (is_row && is_so(partner, stated)) return unchanged(partner);
    if (!missing.empty()) return missing;
    return revoke(write, partner, complete, deed);
  };
}

ExitCode run(Context& context, const RevokeOptions& options) {
  const ReadVerb read = [&](RowFields& fields) { return read_ending(fields, context.deed()); };
  return change_chosen(context, options.change, options.partners, options.inputs,
                       {read, sentence, {"reason"}})
      .code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<RevokeOptions>();
  declare_choice(flags, options->partners, Refs::one, options->inputs);
  flags.one_of({"REF", "--csv"});
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command revoke_command() {
  return {"revoke", CommandGroup::manage, "end a partnership for the Commission", declare};
}

}  // namespace covenant
