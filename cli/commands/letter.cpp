#include "core/ops/letter.hpp"

#include <memory>

#include "cli/change.hpp"

namespace covenant {

namespace {

struct LetterOptions {
  std::vector<std::string> refs;
  std::optional<LetterKind> kind;
  bool record = false;
  Inputs inputs{{{"on", "DATE", "day on which it was sent (default today)"}}};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return "Recorded " + counted(summary.outcomes.size(), "letter") + ".";
}

ExitCode run(Context& context, const LetterOptions& options) {
  const ReadVerb read = [&](RowFields& fields) -> PartnerVerb {
    const Date on = fields.past_date("on", context.deed().today).value_or(context.deed().today);
    return [on, kind = *options.kind, &context](Write& write, const Partner& partner) {
      return record_letter(write, partner, kind, on, context.deed());
    };
  };
  return change_partners(context, options.change, named(options.refs), options.inputs, {read, sentence}).code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<LetterOptions>();
  flags.arguments("REF", options->refs, "partners: id, reference, acronym or name; '-' is standard input");
  flags.option("--kind", joined_codes<LetterKind>("|"), options->kind, "what the letter is for");
  flags.flag("--record", options->record, "record a letter that was sent");
  options->inputs.declare(flags);
  flags.one_of({"REF"});
  flags.one_of({"--kind"});
  flags.one_of({"--record"});
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command letter_command() {
  return {"letter", CommandGroup::manage, "record a letter to a partner's contact", declare};
}

}  // namespace covenant
