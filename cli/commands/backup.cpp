#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"

namespace covenant {

namespace {

Run declare(Flags& flags) {
  auto target = std::make_shared<std::string>();
  flags.required_argument("FILE", *target, "file to write; an older copy is replaced");
  return [target](Context& context) {
    if (*target == "-")
      throw Error(ErrorKind::usage,
                  "backup: '-' is no file; write /dev/stdout, or ./- for a file of that name");
    context.open(OpenMode::read).back_up(*target);
    context.say("Wrote a copy of the registry to " + *target + ".");
    return ExitCode::done;
  };
}

}  // namespace

Command backup_command() {
  return {"backup", CommandGroup::publish, "write a consistent copy of the registry", declare};
}

}  // namespace covenant
