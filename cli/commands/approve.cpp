#include "core/ops/approve.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/change.hpp"
#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/base/error.hpp"
#include "core/ops/find.hpp"
#include "core/ops/row_fields.hpp"

namespace covenant {

namespace {

struct ApproveOptions {
  std::optional<std::string> ref;
  std::optional<std::string> commitment;
  std::optional<std::string> no_commitment;
  std::optional<std::string> received_on;
  std::optional<std::string> signed_on;
  std::optional<std::string> signed_by;
  CsvOptions csv;
  ChangeOptions change;

  bool any_detail() const { return commitment || no_commitment || received_on || signed_on || signed_by; }
};

std::string sentence(const ChangeSummary& summary) {
  return fmt::format("Approved {}.", counted(summary.outcomes.size(), "partner"));
}

ApprovalEvidence evidence_of(const ApproveOptions& options, Date today) {
  ApprovalEvidence evidence{
      .document = std::nullopt,
      .exception = parse_option<Note>("--no-commitment", options.no_commitment, ErrorKind::bad_input),
      .received_on = parse_past_option("--received-on", options.received_on, today).value_or(today),
      .signed_on = parse_past_option("--signed-on", options.signed_on, today),
      .signed_by = parse_option<PersonText>("--signed-by", options.signed_by, ErrorKind::bad_input),
  };
  if (options.commitment) evidence.document = load_document(*options.commitment);
  return evidence;
}

ExitCode approve_one(Context& context, const ApproveOptions& options) {
  if (options.commitment && options.no_commitment) {
    throw Error(ErrorKind::usage, "give --commitment or --no-commitment, not both");
  }
  const ApprovalEvidence evidence = evidence_of(options, context.today());
  const auto confirm = [&](Write& write) {
    return approve(write, require_by_ref(write, *options.ref), evidence, context.settings().four_eyes,
                   context.deed());
  };
  return change_one(context, options.change, "", confirm, sentence);
}

/// The file that a row names; a row whose file cannot be read has a problem, the others go on.
std::optional<LoadedDocument> row_document(RowFields& fields) {
  const std::string path(fields.text("commitment"));
  if (path.empty()) return std::nullopt;
  try {
    return load_document(path);
  } catch (const Error& error) {
    fields.add({ProblemCode::commitment, path, error.what(), "", 0}, "commitment");
    return std::nullopt;
  }
}

ExitCode approve_csv(Context& context, const ApproveOptions& options) {
  const BatchColumns columns{
      .known = {"partner", "commitment", "received_on", "signed_on", "signed_by", "no_commitment"},
      .ignored = {},
      .required = {"partner"},
      .lifting = {},
      .lifted = {}};
  const Date today = context.today();
  const auto confirm_row = [&](Write& write, const BatchRow& row) -> OutcomeResult {
    RowFields fields(row, columns.known);
    const auto partner = fields.partner(write, "partner");
    const ApprovalEvidence evidence{.document = row_document(fields),
                                    .exception = fields.optional<Note>("no_commitment"),
                                    .received_on = fields.past_date("received_on", today).value_or(today),
                                    .signed_on = fields.past_date("signed_on", today),
                                    .signed_by = fields.optional<PersonText>("signed_by")};
    if (evidence.document && evidence.exception) {
      fields.add({ProblemCode::choice, evidence.exception->str(),
                  "give commitment or no_commitment, not both", "", 0},
                 "no_commitment");
    }
    if (fields.text("commitment").empty() && !evidence.exception) {
      fields.add({ProblemCode::required, "",
                  "the signed commitment is required, or a reason in no_commitment", "", 0},
                 "commitment");
    }
    if (!fields.problems().empty()) return fields.problems();
    return approve(write, *partner, evidence, context.settings().four_eyes, context.deed());
  };
  return change_many(context, options.change, options.csv, columns, confirm_row, sentence);
}

ExitCode approve_partners(Context& context, const ApproveOptions& options) {
  if (options.csv.path.has_value() == options.ref.has_value()) {
    throw Error(ErrorKind::usage, "give one of REF and --csv FILE");
  }
  if (!options.csv.path) return approve_one(context, options);
  if (options.any_detail()) throw Error(ErrorKind::usage, "with --csv, the details are columns of the file");
  return approve_csv(context, options);
}

}  // namespace

Run declare_approve(Flags& flags) {
  auto options = std::make_shared<ApproveOptions>();
  flags.argument("REF", options->ref, "the partner: its id or its reference");
  flags.option("--commitment", "FILE", options->commitment, "the signed commitment, kept byte for byte");
  flags.option("--no-commitment", "REASON", options->no_commitment, "why there is none (joined on paper)");
  flags.option("--received-on", "DATE", options->received_on, "day of receipt, which counts (default today)");
  flags.option("--signed-on", "DATE", options->signed_on, "day of signature");
  flags.option("--signed-by", "NAME", options->signed_by, "who signed");
  declare_csv(flags, options->csv);
  declare_change(flags, options->change);
  return [options](Context& context) { return approve_partners(context, *options); };
}

}  // namespace covenant
