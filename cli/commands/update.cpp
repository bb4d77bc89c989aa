#include <memory>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/field_flags.hpp"
#include "core/base/error.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/find.hpp"

namespace covenant {

namespace {

struct UpdateOptions {
  std::string ref;
  FieldFlags fields;
  ChangeOptions change;
  bool allow_similar = false;
};

std::string sentence(const ChangeSummary& summary) {
  const std::string id = summary.outcomes.first().str();
  return summary.counts.updated > 0 ? "Updated " + id + "." : id + " is up to date.";
}

ExitCode update_one(Context& context, UpdateOptions& options) {
  if (!options.fields.any_given()) throw Error(ErrorKind::usage, "update: missing a field (--name …)");
  const FieldTexts texts = options.fields.texts();
  const Similar similar = options.allow_similar ? Similar::allowed : Similar::refused;
  const auto amend = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref(write, options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return update(write, std::get<Partner>(found), texts, similar, context.deed());
  };
  return change_one(context, options.change, amend, sentence).code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<UpdateOptions>();
  flags.required_argument("REF", options->ref, "partner: its id or its reference");
  options->fields.declare(flags);
  flags.flag("--allow-similar", options->allow_similar,
             "update it even if it then resembles another partner");
  declare_change(flags, options->change);
  return [options](Context& context) { return update_one(context, *options); };
}

}  // namespace

Command update_command() {
  return {"update", CommandGroup::manage, "change a partner's fields", declare};
}

}  // namespace covenant
