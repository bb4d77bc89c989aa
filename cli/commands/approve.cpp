#include "core/ops/approve.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/change.hpp"
#include "cli/commitment.hpp"
#include "core/formats/reading.hpp"
#include "core/ops/reply.hpp"
#include "core/ops/stated.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

struct ApproveOptions {
  PartnerChoice partners;
  Inputs inputs{with_reading(
      {{"commitment", "FILE", "signed commitment, stored unchanged", Repeats::no, {}, "Required, one of"},
       {"no_commitment", "REASON", "why there is no document", Repeats::no, {}, "Required, one of"},
       {"received_on", "DATE", "day of receipt (default: the e-mail's, or today)"},
       {"signed_on", "DATE", "day of the signature"},
       {"signed_by", "NAME", "name of the signatory"}})};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return sentence_of({"approved", "approve"}, summary);
}

StatedJoining stated(const ApprovalEvidence& evidence, std::optional<Date> received_on) {
  return {.document = evidence.document ? std::optional(evidence.document->document.sha256) : std::nullopt,
          .exception = evidence.exception,
          .received_on = received_on,
          .signed_on = evidence.signed_on,
          .signed_by = evidence.signed_by};
}

PartnerVerb read_evidence(RowFields& fields, const std::optional<ReceivedCommitment>& received,
                          std::optional<Date> received_on, const Policies& demanded, const Deed& deed) {
  const Date today = deed.today;
  const auto evidence = std::make_shared<const ApprovalEvidence>(
      ApprovalEvidence{.document = received ? std::optional(received->document) : std::nullopt,
                       .exception = fields.optional<Remark>("no_commitment"),
                       .received_on = received_on ? *received_on : day_of_receipt(received).value_or(today),
                       .signed_on = fields.past_date("signed_on", today),
                       .signed_by = fields.optional<PersonText>("signed_by")});
  const auto commitment = fields.text("commitment");
  const auto exception = fields.text("no_commitment");
  if (commitment && exception) {
    fields.add(
        Problem::of(ProblemCode::choice, *exception, "commitment and no_commitment cannot be used together"),
        "no_commitment");
  }
  const InputOrigin origin = fields.origin();
  const bool is_of_mail = !received_on && day_of_receipt(received);
  const bool is_row = origin == InputOrigin::row;
  const bool has_evidence = commitment || exception;
  const auto references = received ? received->references : std::vector<std::string>();
  return [=, &demanded, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    if (is_row && is_so(write, partner, stated(*evidence, received_on))) return unchanged(partner);
    if (is_row && !has_evidence) {
      return refuse(Problem::of(ProblemCode::required, "",
                                "the signed commitment is required, or a reason in no_commitment",
                                "commitment"));
    }
    OutcomeResult result = approve(write, partner, *evidence, demanded, deed);
    if (!result)
      return is_of_mail ? blame_mail(std::move(result), {"received_on", *evidence->document, origin})
                        : result;
    Outcome outcome = std::move(result).value();
    if (!references.empty()) {
      const Notes notes =
          notes_on_reply(write, partner, evidence->document->document.name->str(), references);
      outcome.notes.insert(outcome.notes.end(), notes.begin(), notes.end());
    }
    return outcome;
  };
}

/// The partner whose statement the commitment answers.
FoundPartner find_sender(Read& read, const ReceivedCommitment& received) {
  if (!received.reading || !received.reading->email) {
    const auto& name = received.document.document.name;
    return Problem::of(ProblemCode::partner, name ? name->str() : "",
                       fmt::format("{} {}, so it does not say whose it is; name the partner",
                                   name ? in_quotes(name->str()) : "the commitment",
                                   received.reading ? "is no e-mail" : "was not read"),
                       "REF");
  }
  return find_replied(read, *received.reading->email, received.references);
}

ExitCode run(Context& context, const ApproveOptions& options) {
  CommitmentReader reader(context, options.partners.csv);
  std::optional<ReceivedCommitment> received;
  const ReadVerb read = [&](RowFields& fields) {
    const auto received_on = fields.past_date("received_on", context.today());
    received = reader.read(fields, received_on);
    return read_evidence(fields, received, received_on, context.settings().policies, context.deed());
  };
  const ReadAhead read_ahead = [&](RowFields& fields) {
    reader.read_ahead(fields, fields.past_date("received_on", context.today()));
  };
  const PartnerWork work{.read = read, .sentence = sentence, .read_ahead = read_ahead};
  if (options.partners.csv.path || !options.partners.refs.empty())
    return change_chosen(context, options.change, options.partners, options.inputs, work).code;

  bool is_shown = false;
  const EachPartner sender = [&](Write& write, const std::function<void(FoundPartner)>& visit) {
    FoundPartner found = find_sender(write, *received);
    const auto* problem = std::get_if<Problem>(&found);
    is_shown = problem != nullptr && problem->code == ProblemCode::rule;
    visit(std::move(found));
  };
  const ExitCode code = change_partners(context, options.change, sender, options.inputs, work).code;
  if (is_shown && options.change.format == ReportFormat::text)
    context.out().write(reading_text(*received->reading, "", context.table_look()));
  return code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ApproveOptions>();
  declare_choice(flags, options->partners, Refs::one, options->inputs,
                 "partner (default: the one that the e-mail answers)");
  flags.one_of({"REF", "--csv"}, "--commitment");
  flags.show_as_required("--csv", "Required, one of");
  flags.usage({" [REF] --commitment FILE [OPTION...]", " REF --no-commitment REASON [OPTION...]",
               " --csv FILE [OPTION...]"});
  flags.excludes("--commitment", {"--no-commitment"});
  relate_reading(flags);
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command approve_command() {
  return {"approve", CommandGroup::manage, "confirm that a partner joined", declare};
}

}  // namespace covenant
