#include <memory>

#include "cli/completion.hpp"
#include "cli/context.hpp"
#include "cli/flags.hpp"

namespace covenant {

namespace {

Run declare(Flags& flags) {
  auto shell = std::make_shared<Shell>();
  flags.required_argument("SHELL", *shell, "bash, zsh or fish");
  return [shell](Context& context) {
    context.out().write(completion_script(*shell));
    return ExitCode::done;
  };
}

}  // namespace

Command completion_command() {
  return {"completion", CommandGroup::help, "print a completion script for a shell", declare};
}

}  // namespace covenant
