#include "core/ops/erase.hpp"

#include <memory>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "core/base/error.hpp"
#include "core/ops/find.hpp"

namespace covenant {

namespace {

struct EraseOptions {
  std::string ref;
  bool contact = false;
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  const std::string id = summary.outcomes.first().str();
  return summary.counts.updated > 0 ? "Erased the contact's personal data of " + id + "."
                                    : id + " has no personal data to erase.";
}

ExitCode erase(Context& context, const EraseOptions& options) {
  if (!options.contact) throw Error(ErrorKind::usage, "erase: missing --contact");
  const auto remove = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref_or_name(write, options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return erase_contact(write, std::get<Partner>(found), context.deed());
  };
  const ExitCode code = change_one(context, options.change, remove, sentence).code;
  if (code == ExitCode::done && !options.change.dry_run) context.open(OpenMode::write).wipe(context.wait());
  return code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<EraseOptions>();
  flags.required_argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.flag("--contact", options->contact, "erase the contact's name, role, e-mail and telephone");
  declare_change(flags, options->change);
  return [options](Context& context) { return erase(context, *options); };
}

}  // namespace

Command erase_command() {
  return {"erase", CommandGroup::correct, "erase a contact's personal data for good", declare};
}

}  // namespace covenant
