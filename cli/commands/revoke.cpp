#include <fmt/format.h>

#include <memory>

#include "cli/change.hpp"
#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/base/error.hpp"
#include "core/ops/end.hpp"
#include "core/ops/find.hpp"
#include "core/ops/row_fields.hpp"

namespace covenant {

namespace {

struct RevokeOptions {
  std::optional<std::string> ref;
  std::optional<std::string> reason;
  std::optional<std::string> on;
  std::optional<std::string> note;
  std::optional<std::string> successor;
  CsvOptions csv;
  ChangeOptions change;

  bool any_detail() const { return reason || on || note || successor; }
};

std::string sentence(const ChangeSummary& summary) {
  return fmt::format("Revoked {}.", counted(summary.outcomes.size(), "partner"));
}

ExitCode revoke_one(Context& context, const RevokeOptions& options) {
  if (!options.reason) {
    throw Error(ErrorKind::usage, "--reason CODE is required; 'covenant help revoke' has the codes");
  }
  Ending ending{.on = parse_past_option("--on", options.on, context.today()).value_or(context.today()),
                .reason = parse_choice<EndReason>("--reason", *options.reason),
                .note = parse_option<Note>("--note", options.note, ErrorKind::bad_input),
                .successor = std::nullopt};
  const bool is_merger = ending.reason == EndReason::merged;
  if (is_merger && !options.successor) {
    throw Error(ErrorKind::usage, "--reason merged needs the partner that goes on: --successor REF");
  }
  if (!is_merger && options.successor) {
    throw Error(ErrorKind::usage, "--successor goes with --reason merged, not '" + *options.reason + "'");
  }
  const auto end = [&](Write& write) {
    const Partner partner = require_by_ref(write, *options.ref);
    if (options.successor) ending.successor = require_by_ref(write, *options.successor).id;
    return revoke(write, partner, ending, context.deed());
  };
  return change_one(context, options.change, "", end, sentence);
}

ExitCode revoke_csv(Context& context, const RevokeOptions& options) {
  const BatchColumns columns{.known = {"partner", "reason", "on", "note", "successor"},
                             .ignored = {},
                             .required = {"partner", "reason"},
                             .lifting = {},
                             .lifted = {}};
  const Date today = context.today();
  const auto end_row = [&](Write& write, const BatchRow& row) -> OutcomeResult {
    RowFields fields(row, columns.known);
    const auto partner = fields.partner(write, "partner");
    Ending ending{.on = fields.past_date("on", today).value_or(today),
                  .reason = fields.code<EndReason>("reason"),
                  .note = fields.optional<Note>("note"),
                  .successor = std::nullopt};
    if (fields.text("reason").empty())
      fields.add({ProblemCode::required, "", "a reason is required", "", 0}, "reason");
    const bool is_merger = ending.reason == EndReason::merged;
    const std::string_view heir = fields.text("successor");
    if (is_merger && heir.empty()) {
      fields.add({ProblemCode::required, "", "reason merged needs the partner that goes on", "", 0},
                 "successor");
    } else if (!is_merger && !heir.empty()) {
      fields.add({ProblemCode::choice, std::string(heir), "a successor goes with reason merged alone", "", 0},
                 "successor");
    } else if (!heir.empty()) {
      if (const auto successor = fields.partner(write, "successor")) ending.successor = successor->id;
    }
    if (!fields.problems().empty()) return fields.problems();
    return revoke(write, *partner, ending, context.deed());
  };
  return change_many(context, options.change, options.csv, columns, end_row, sentence);
}

ExitCode revoke_partners(Context& context, const RevokeOptions& options) {
  if (options.csv.path.has_value() == options.ref.has_value()) {
    throw Error(ErrorKind::usage, "give one of REF and --csv FILE");
  }
  if (!options.csv.path) return revoke_one(context, options);
  if (options.any_detail()) throw Error(ErrorKind::usage, "with --csv, the details are columns of the file");
  return revoke_csv(context, options);
}

std::string reason_codes() {
  std::string text = "why: ";
  for (const std::string_view code : Codes<EndReason>::codes) {
    text.append(code).append(code == Codes<EndReason>::codes.back() ? "" : ", ");
  }
  return text;
}

}  // namespace

Run declare_revoke(Flags& flags) {
  auto options = std::make_shared<RevokeOptions>();
  flags.argument("REF", options->ref, "the partner: its id or its reference");
  flags.option("--reason", "CODE", options->reason, reason_codes());
  flags.option("--on", "DATE", options->on, "the day it ended (default today)");
  flags.option("--note", "TEXT", options->note, "explains the reason");
  flags.option("--successor", "REF", options->successor, "the partner that went on after a merger");
  declare_csv(flags, options->csv);
  declare_change(flags, options->change);
  return [options](Context& context) { return revoke_partners(context, *options); };
}

}  // namespace covenant
