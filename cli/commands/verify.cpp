#include "core/ops/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/change.hpp"
#include "core/ops/find.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

namespace {

struct VerifyOptions {
  std::vector<std::string> refs;
  bool all = false;
  Inputs inputs{{{"finding", "CRITERION=pass|fail", "result found by a person", Repeats::yes},
                 {"source", "TEXT", "source of the findings", Repeats::yes}}};
  CsvOptions csv;
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return fmt::format("Verified {}: {} eligible, {} not.", counted(summary.outcomes.size(), "partner"),
                     summary.outcomes.count(Status::eligible), summary.outcomes.count(Status::ineligible));
}

PartnerVerb read_findings(RowFields& fields, Context& context) {
  return [overrides = fields.overrides("finding"), sources = fields.each<Remark>("source"), &context](
             Write& write, const Partner& partner) {
    const OutcomeResult result = verify(write, partner, overrides, sources, context.deed());
    if (result && result->status == Status::ineligible) {
      context.say(
          fmt::format("{} is not eligible: {}.", result->id.str(), shortcomings(result->found.value())));
    }
    return result;
  };
}

void each_applied(Write& write, const std::function<void(FoundPartner)>& visit) {
  PartnerId last(0);
  while (const auto partner = find_next_applied(write, last)) {
    last = partner->id;
    visit(*partner);
  }
}

EachPartner each_named(const std::vector<std::string>& refs) {
  return [&refs](Write& write, const std::function<void(FoundPartner)>& visit) {
    std::vector<PartnerId> seen;
    for (const std::string& ref : refs) {
      FoundPartner found = find_by_ref(write, ref);
      if (const auto* partner = std::get_if<Partner>(&found)) {
        if (std::find(seen.begin(), seen.end(), partner->id) != seen.end()) continue;
        seen.push_back(partner->id);
      }
      visit(std::move(found));
    }
  };
}

ExitCode run(Context& context, const VerifyOptions& options) {
  const ReadVerb read = [&](RowFields& fields) { return read_findings(fields, context); };
  const EachPartner each = options.all ? EachPartner(each_applied) : each_named(options.refs);
  const ChangeResult change =
      options.csv.path
          ? change_partners_of_rows(context, options.change, options.csv, {}, options.inputs, read, sentence)
          : change_partners(context, options.change, each, options.inputs, read, sentence);
  if (change.code != ExitCode::done) return change.code;
  return change.summary.outcomes.count(Status::ineligible) > 0 ? ExitCode::refused : ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<VerifyOptions>();
  flags.arguments("REF", options->refs, "partners: their ids or references");
  flags.flag("--all", options->all, "verify every partner that is applied");
  options->inputs.declare(flags);
  declare_csv(flags, options->csv);
  flags.one_of({"REF", "--all", "--csv"});
  options->inputs.exclude(flags, "--csv");
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command verify_command() {
  return {"verify", CommandGroup::manage, "check eligibility and record the findings", declare};
}

}  // namespace covenant
