#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"

namespace covenant {

namespace {

Run declare(Flags& flags) {
  auto command = std::make_shared<std::optional<std::string>>();
  flags.argument("COMMAND", *command, "command to explain");
  return [command](Context& context) {
    context.out().write(help_text(*command));
    return ExitCode::done;
  };
}

}  // namespace

Command help_command() {
  return {"help", CommandGroup::help, "explain a command", declare};
}

}  // namespace covenant
