#include "core/ops/verify.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "cli/change.hpp"
#include "core/ops/stated.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

namespace {

Choices finding_choices() {
  Choices choices;
  for (const std::string_view criterion : Codes<Criterion>::codes) {
    for (const std::string_view result : {"pass", "fail"})
      choices.push_back(fmt::format("{}={}", criterion, result));
  }
  return choices;
}

struct VerifyOptions {
  PartnerChoice partners;
  bool all = false;
  Inputs inputs{
      {{"finding", "CRITERION=pass|fail", "result found by a person", Repeats::yes, finding_choices()},
       {"source", "TEXT", "source of the findings", Repeats::yes}}};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  std::string verified = sentence_of({"verified", "verify"}, summary);
  const std::uint64_t failed = summary.outcomes.failures();
  const std::uint64_t passed = summary.outcomes.size() - failed;
  if (passed + failed == 0) return verified;
  const std::string found = failed == 0   ? fmt::format("{} eligible", passed)
                            : passed == 0 ? fmt::format("{} not eligible", failed)
                                          : fmt::format("{} eligible, {} not", passed, failed);
  return fmt::format("{}: {}.", verified.substr(0, verified.size() - 1), found);
}

/// The lines of the rows about each partner that was verified.
using VerifiedLines = std::map<PartnerId, std::uint64_t>;

PartnerVerb read_findings(RowFields& fields, VerifiedLines& verified, Context& context) {
  const StatedFindings stated{fields.overrides("finding"), fields.each<Remark>("source")};
  const bool is_row = fields.origin() == InputOrigin::row;
  const std::uint64_t line = fields.line();
  const std::string ref(is_row ? fields.text("partner").value_or("") : "");
  return [=, &verified, &context](Write& write, const Partner& partner) -> OutcomeResult {
    if (is_row) {
      const auto [first, is_first] = verified.emplace(partner.id, line);
      if (is_so(write, partner, stated)) return unchanged(partner);
      if (!is_first && stated.says_nothing()) return unchanged(partner);
      if (!is_first) return refuse(named_twice(partner, ref, first->second));
    }
    OutcomeResult result = verify(write, partner, stated.overrides, stated.sources, context.deed());
    if (result && !all_pass(result->found.value())) {
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

ExitCode run(Context& context, const VerifyOptions& options) {
  VerifiedLines verified;
  const ReadVerb read = [&](RowFields& fields) { return read_findings(fields, verified, context); };
  const PartnerWork work{read, sentence};
  const ChangeResult change =
      options.all ? change_partners(context, options.change, each_applied, options.inputs, work)
                  : change_chosen(context, options.change, options.partners, options.inputs, work);
  if (change.code != ExitCode::done) return change.code;
  return change.summary.outcomes.failures() > 0 ? ExitCode::refused : ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<VerifyOptions>();
  declare_choice(flags, options->partners, Refs::many, options->inputs);
  flags.flag("--all", options->all, "verify every partner that is applied");
  flags.one_of({"REF", "--all", "--csv"});
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command verify_command() {
  return {"verify", CommandGroup::manage, "check eligibility and record the findings", declare};
}

}  // namespace covenant
