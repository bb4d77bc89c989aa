#include "core/ops/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/change.hpp"
#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/report.hpp"
#include "core/base/error.hpp"
#include "core/ops/find.hpp"
#include "core/ops/row_fields.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

struct VerifyOptions {
  std::vector<std::string> refs;
  bool all = false;
  std::vector<std::string> findings;
  std::vector<std::string> sources;
  CsvOptions csv;
  ChangeOptions change;
};

/// What people learn of a partner that is not eligible.
std::string shortcomings(Read& read, PartnerId id) {
  std::string text;
  const auto verification = find_verification(read, id);
  for (std::size_t i = 0; verification && i < criterion_count; ++i) {
    const Finding& finding = verification->findings[i];
    if (finding.verdict == Verdict::pass) continue;
    const auto criterion = static_cast<Criterion>(i);
    text += fmt::format("{}{} ({})", text.empty() ? "" : "; ", code_of(criterion),
                        finding.by_person ? "as a person found" : requirement(criterion));
  }
  return text;
}

OutcomeResult verify_and_tell(Context& context, Write& write, const Partner& partner,
                              const Overrules& overrules, const std::vector<Note>& sources) {
  OutcomeResult result = verify(write, partner, overrules, sources, context.deed());
  const auto* outcome = std::get_if<Outcome>(&result);
  if (outcome != nullptr && outcome->status == Status::ineligible) {
    context.say(fmt::format("{} is not eligible: {}.", outcome->id.str(), shortcomings(write, outcome->id)));
  }
  return result;
}

ExitCode verdict(const ChangeSummary& summary) {
  return summary.outcomes.count(Status::ineligible) > 0 ? ExitCode::refused : ExitCode::done;
}

std::string sentence(const ChangeSummary& summary) {
  return fmt::format("Verified {}: {} eligible, {} not.", counted(summary.outcomes.size(), "partner"),
                     summary.outcomes.count(Status::eligible), summary.outcomes.count(Status::ineligible));
}

ExitCode verify_csv(Context& context, const VerifyOptions& options) {
  const BatchColumns columns{.known = {"partner", "finding", "source"},
                             .ignored = {},
                             .required = {"partner"},
                             .lifting = {},
                             .lifted = {}};
  const auto verify_row = [&](Write& write, const BatchRow& row) -> OutcomeResult {
    RowFields fields(row, columns.known);
    const auto partner = fields.partner(write, "partner");
    const Overrules overrules = fields.overrules("finding");
    const auto source = fields.optional<Note>("source");
    if (!fields.problems().empty()) return fields.problems();
    return verify_and_tell(context, write, *partner, overrules,
                           source ? std::vector<Note>{*source} : std::vector<Note>{});
  };
  ChangeSummary summary;
  const ExitCode code =
      change_many(context, options.change, options.csv, columns, verify_row, sentence, &summary);
  if (code != ExitCode::done) return code;
  return verdict(summary);
}

Overrules parse_overrules(const std::vector<std::string>& texts) {
  Overrules overrules;
  for (const std::string& text : texts) {
    const auto parsed = parse_finding(text);
    if (!parsed) throw Error(ErrorKind::usage, "--finding: " + parsed.problem().message);
    overrules[static_cast<std::size_t>(parsed->criterion)] = parsed->verdict;
  }
  return overrules;
}

std::vector<Note> parse_sources(const std::vector<std::string>& texts) {
  std::vector<Note> sources;
  sources.reserve(texts.size());
  for (const std::string& text : texts) {
    sources.push_back(*parse_option<Note>("--source", text, ErrorKind::bad_input));
  }
  return sources;
}

/// Every partner that is named, or every one that is applied; each once.
void each_partner(Write& write, const VerifyOptions& options,
                  const std::function<void(const Partner&)>& give) {
  if (options.all) {
    PartnerId last(0);
    while (const auto partner = find_next_applied(write, last)) {
      last = partner->id;
      give(*partner);
    }
    return;
  }
  std::vector<PartnerId> seen;
  for (const std::string& ref : options.refs) {
    const Partner partner = require_by_ref(write, ref);
    if (std::find(seen.begin(), seen.end(), partner.id) != seen.end()) continue;
    seen.push_back(partner.id);
    give(partner);
  }
}

ExitCode verify_refs(Context& context, const VerifyOptions& options) {
  const Overrules overrules = parse_overrules(options.findings);
  const std::vector<Note> sources = parse_sources(options.sources);
  Registry registry = context.open(OpenMode::write);
  Write write = registry.write();
  ChangeSummary summary;
  ProblemReport report(context, "", UINT64_MAX);
  each_partner(write, options, [&](const Partner& partner) {
    ++summary.counts.read;
    const OutcomeResult result = verify_and_tell(context, write, partner, overrules, sources);
    if (const auto* outcome = std::get_if<Outcome>(&result)) {
      ++summary.counts.updated;
      summary.outcomes.add(*outcome);
    } else {
      ++summary.counts.rejected;
      for (const Problem& problem : std::get<std::vector<Problem>>(result)) report.add(problem);
    }
  });
  if (summary.counts.rejected > 0) {
    if (options.change.format == "json") context.out().write(report.json(summary.counts));
    return ExitCode::refused;
  }
  if (!options.change.dry_run) write.commit();
  print_changes(context, options.change, summary, report.json(summary.counts), sentence);
  return verdict(summary);
}

ExitCode verify_partners(Context& context, const VerifyOptions& options) {
  const int ways = (options.all ? 1 : 0) + (options.csv.path ? 1 : 0) + (options.refs.empty() ? 0 : 1);
  if (ways != 1) throw Error(ErrorKind::usage, "give one of REF…, --all and --csv FILE");
  if (options.csv.path) {
    if (!options.findings.empty() || !options.sources.empty()) {
      throw Error(ErrorKind::usage, "with --csv, findings and sources are columns of the file");
    }
    return verify_csv(context, options);
  }
  return verify_refs(context, options);
}

}  // namespace

Run declare_verify(Flags& flags) {
  auto options = std::make_shared<VerifyOptions>();
  flags.arguments("REF", options->refs, "the partners: their ids or references");
  flags.flag("--all", options->all, "every partner whose status is applied");
  flags.repeated("--finding", "CRITERION=pass|fail", options->findings,
                 "what a person found instead of the rule");
  flags.repeated("--source", "TEXT", options->sources, "what was consulted");
  declare_csv(flags, options->csv);
  declare_change(flags, options->change);
  return [options](Context& context) { return verify_partners(context, *options); };
}

}  // namespace covenant
