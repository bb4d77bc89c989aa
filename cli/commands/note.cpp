#include <memory>

#include "cli/change.hpp"
#include "core/ops/find.hpp"
#include "core/ops/renew.hpp"

namespace covenant {

namespace {

struct NoteOptions {
  std::string ref;
  std::string text;
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return sentence_of(summary.mood, {"added", "add"}, "a note to " + summary.outcomes.first().str());
}

ExitCode run(Context& context, const NoteOptions& options) {
  const auto add = [&](Write& write) -> OutcomeResult {
    auto note = Remark::parse(options.text);
    if (!note) {
      Problem problem = std::move(note).problem();
      problem.column = "TEXT";
      return refuse(std::move(problem));
    }
    const auto found = find_by_ref_or_name(write, options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return add_note(write, std::get<Partner>(found), *note, context.deed());
  };
  return change_one(context, options.change, add, sentence).code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<NoteOptions>();
  flags.required_argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.required_argument("TEXT", options->text, "the note, up to 4000 characters");
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command note_command() {
  return {"note", CommandGroup::manage, "add a remark to a partner", declare};
}

}  // namespace covenant
