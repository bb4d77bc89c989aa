#include "core/ops/approve.hpp"

#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "cli/change.hpp"
#include "core/base/error.hpp"

namespace covenant {

namespace {

struct ApproveOptions {
  std::optional<std::string> ref;
  Inputs inputs{{{"commitment", "FILE", "signed commitment, stored unchanged"},
                 {"no_commitment", "REASON", "why there is no document"},
                 {"received_on", "DATE", "day of receipt (default today)"},
                 {"signed_on", "DATE", "day of the signature"},
                 {"signed_by", "NAME", "name of the signatory"}}};
  CsvOptions csv;
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return "Approved " + counted(summary.outcomes.size(), "partner") + ".";
}

/// Documents by their digests. One that several partners of a run have is one note.
using NotedDocuments = std::set<std::string>;

/// The file that is named; in a row, relative to the folder of the CSV file. A row whose file cannot be read
/// has a problem, and the next rows are read.
/// @throws Error when an option names a file that cannot be read
std::optional<LoadedDocument> read_document(RowFields& fields, const std::optional<std::string>& csv) {
  const auto path = fields.text("commitment");
  if (!path) return std::nullopt;
  if (fields.origin() == InputOrigin::options) return load_document(std::string(*path));
  try {
    const std::filesystem::path folder = std::filesystem::path(csv.value_or("")).parent_path();
    return load_document((folder / *path).string());
  } catch (const Error& error) {
    fields.add(Problem::of(ProblemCode::commitment, *path, error.what()), "commitment");
    return std::nullopt;
  }
}

PartnerVerb read_evidence(RowFields& fields, const std::optional<std::string>& csv, NotedDocuments& noted,
                          const Policies& demanded, const Deed& deed) {
  const Date today = deed.today;
  const auto evidence = std::make_shared<const ApprovalEvidence>(
      ApprovalEvidence{.document = read_document(fields, csv),
                       .exception = fields.optional<Remark>("no_commitment"),
                       .received_on = fields.past_date("received_on", today).value_or(today),
                       .signed_on = fields.past_date("signed_on", today),
                       .signed_by = fields.optional<PersonText>("signed_by")});
  const auto commitment = fields.text("commitment");
  const auto exception = fields.text("no_commitment");
  if (commitment && exception) {
    fields.add(
        Problem::of(ProblemCode::choice, *exception, "commitment and no_commitment cannot be used together"),
        "no_commitment");
  } else if (!commitment && !exception && fields.origin() == InputOrigin::row) {
    fields.add(Problem::of(ProblemCode::required, "",
                           "the signed commitment is required, or a reason in no_commitment"),
               "commitment");
  }
  return [evidence, &noted, &demanded, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    OutcomeResult result = approve(write, partner, *evidence, demanded, deed);
    if (!result || !evidence->document || noted.insert(evidence->document->document.sha256).second)
      return result;
    Outcome outcome = std::move(result).value();
    outcome.notes.clear();
    return outcome;
  };
}

ExitCode run(Context& context, const ApproveOptions& options) {
  NotedDocuments noted;
  const ReadVerb read = [&](RowFields& fields) {
    return read_evidence(fields, options.csv.path, noted, context.settings().policies, context.deed());
  };
  if (options.csv.path) {
    return change_partners_of_rows(context, options.change, options.csv, {}, options.inputs, read, sentence)
        .code;
  }
  return change_partners(context, options.change, only(*options.ref), options.inputs, read, sentence).code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ApproveOptions>();
  flags.argument("REF", options->ref, "partner: its id or its reference");
  options->inputs.declare(flags);
  flags.excludes("--commitment", {"--no-commitment"});
  declare_csv(flags, options->csv);
  flags.one_of({"REF", "--csv"});
  options->inputs.exclude(flags, "--csv");
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command approve_command() {
  return {"approve", CommandGroup::manage, "confirm that a partner joined", declare};
}

}  // namespace covenant
