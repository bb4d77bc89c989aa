#include <memory>

#include "cli/commands.hpp"
#include "cli/context.hpp"

namespace covenant {

Run declare_help(Flags& flags) {
  auto command = std::make_shared<std::optional<std::string>>();
  flags.argument("COMMAND", *command, "the command to explain");
  return [command](Context& context) {
    context.out().write(help_text(*command));
    return ExitCode::done;
  };
}

}  // namespace covenant
