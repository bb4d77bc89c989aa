#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/help.hpp"

namespace covenant {

namespace {

Run declare(Flags& flags) {
  auto command = std::make_shared<std::optional<std::string>>();
  flags.argument("COMMAND", *command, "command or topic to explain");
  flags.offer("COMMAND", choices_of<HelpTopic>());
  return [command](Context& context) {
    context.out().write(help_text(*command, context.help_width()));
    return ExitCode::done;
  };
}

}  // namespace

Command help_command() {
  return {"help", CommandGroup::help, "explain a command or a topic", declare};
}

}  // namespace covenant
