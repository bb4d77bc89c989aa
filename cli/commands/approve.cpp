#include "core/ops/approve.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "cli/change.hpp"
#include "core/base/error.hpp"
#include "core/ops/stated.hpp"

namespace covenant {

namespace {

struct ApproveOptions {
  PartnerChoice partners;
  Inputs inputs{
      {{"commitment", "FILE", "signed commitment, stored unchanged", Repeats::no, {}, "Required, one of"},
       {"no_commitment", "REASON", "why there is no document", Repeats::no, {}, "Required, one of"},
       {"received_on", "DATE", "day of receipt (default today)"},
       {"signed_on", "DATE", "day of the signature"},
       {"signed_by", "NAME", "name of the signatory"}}};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return "Approved " + counted(summary.outcomes.size(), "partner") + ".";
}

/// The names and messages of the notes so far: a document that several partners of a run have is one note.
using NotedDocuments = std::set<std::pair<std::string, std::string>>;

StatedJoining stated(const ApprovalEvidence& evidence, std::optional<Date> received_on) {
  return {.document = evidence.document ? std::optional(evidence.document->document.sha256) : std::nullopt,
          .exception = evidence.exception,
          .received_on = received_on,
          .signed_on = evidence.signed_on,
          .signed_by = evidence.signed_by};
}

PartnerVerb read_evidence(RowFields& fields, const CsvOptions& csv, NotedDocuments& noted,
                          const Policies& demanded, const Deed& deed) {
  const Date today = deed.today;
  const auto received_on = fields.past_date("received_on", today);
  const auto evidence = std::make_shared<const ApprovalEvidence>(
      ApprovalEvidence{.document = read_document(fields, csv),
                       .exception = fields.optional<Remark>("no_commitment"),
                       .received_on = received_on.value_or(today),
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
  const bool may_be_so = fields.origin() == InputOrigin::row;
  return [=, &noted, &demanded, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    if (may_be_so && is_so(write, partner, stated(*evidence, received_on))) return unchanged(partner);
    OutcomeResult result = approve(write, partner, *evidence, demanded, deed);
    if (!result || result->notes.empty()) return result;
    Outcome outcome = std::move(result).value();
    const auto is_known = [&](const Note& note) { return !noted.insert({note.value, note.message}).second; };
    outcome.notes.erase(std::remove_if(outcome.notes.begin(), outcome.notes.end(), is_known),
                        outcome.notes.end());
    return outcome;
  };
}

ExitCode run(Context& context, const ApproveOptions& options) {
  NotedDocuments noted;
  const ReadVerb read = [&](RowFields& fields) {
    return read_evidence(fields, options.partners.csv, noted, context.settings().policies, context.deed());
  };
  return change_chosen(context, options.change, options.partners, options.inputs, {read, sentence}).code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ApproveOptions>();
  declare_choice(flags, options->partners, Refs::one, options->inputs);
  flags.one_of({"REF", "--csv"});
  flags.excludes("--commitment", {"--no-commitment"});
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command approve_command() {
  return {"approve", CommandGroup::manage, "confirm that a partner joined", declare};
}

}  // namespace covenant
