#include <memory>

#include "cli/commands.hpp"
#include "cli/context.hpp"

namespace covenant {

Run declare_backup(Flags& flags) {
  auto target = std::make_shared<std::string>();
  flags.required_argument("FILE", *target, "the copy; an older one is replaced");
  return [target](Context& context) {
    context.open(OpenMode::read).back_up(*target);
    context.say("Wrote a copy of the registry to " + *target + ".");
    return ExitCode::done;
  };
}

}  // namespace covenant
