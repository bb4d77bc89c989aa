#include <memory>

#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/completion.hpp"
#include "cli/context.hpp"

namespace covenant {

Run declare_completion(Flags& flags) {
  auto shell = std::make_shared<std::string>();
  flags.required_argument("SHELL", *shell, "bash, zsh or fish");
  return [shell](Context& context) {
    context.out().write(completion_script(parse_choice<Shell>("SHELL", *shell)));
    return ExitCode::done;
  };
}

}  // namespace covenant
