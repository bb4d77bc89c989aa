#include <memory>

#include "cli/change.hpp"
#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/ops/end.hpp"
#include "core/ops/find.hpp"

namespace covenant {

namespace {

struct WithdrawOptions {
  std::string ref;
  std::optional<std::string> on;
  std::optional<std::string> note;
  ChangeOptions change;
};

ExitCode withdraw_one(Context& context, const WithdrawOptions& options) {
  const Ending ending{.on = parse_past_option("--on", options.on, context.today()).value_or(context.today()),
                      .reason = std::nullopt,
                      .note = parse_option<Note>("--note", options.note, ErrorKind::bad_input),
                      .successor = std::nullopt};
  const auto end = [&](Write& write) {
    return withdraw(write, require_by_ref(write, options.ref), ending, context.deed());
  };
  return change_one(context, options.change, "", end, [](const ChangeSummary& summary) {
    return "Withdrew " + summary.outcomes.first().str() + ".";
  });
}

}  // namespace

Run declare_withdraw(Flags& flags) {
  auto options = std::make_shared<WithdrawOptions>();
  flags.required_argument("REF", options->ref, "the partner: its id or its reference");
  flags.option("--on", "DATE", options->on, "the day it left (default today)");
  flags.option("--note", "TEXT", options->note, "why");
  declare_change(flags, options->change);
  return [options](Context& context) { return withdraw_one(context, *options); };
}

}  // namespace covenant
