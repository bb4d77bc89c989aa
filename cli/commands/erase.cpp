#include "core/ops/erase.hpp"

#include <memory>

#include "cli/change.hpp"
#include "cli/commands.hpp"
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
  if (!options.contact) throw Error(ErrorKind::usage, "say what to erase: --contact");
  const auto remove = [&](Write& write) {
    return erase_contact(write, require_by_ref(write, options.ref), context.deed());
  };
  const ExitCode code = change_one(context, options.change, "", remove, sentence);
  if (code == ExitCode::done && !options.change.dry_run) context.open(OpenMode::write).wipe(context.wait());
  return code;
}

}  // namespace

Run declare_erase(Flags& flags) {
  auto options = std::make_shared<EraseOptions>();
  flags.required_argument("REF", options->ref, "the partner: its id or its reference");
  flags.flag("--contact", options->contact, "the contact's name, role, e-mail address and telephone");
  declare_change(flags, options->change);
  return [options](Context& context) { return erase(context, *options); };
}

}  // namespace covenant
