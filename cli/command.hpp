#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "cli/exit_code.hpp"
#include "cli/flags.hpp"

namespace covenant {

class Context;

/// What a command does once its options are parsed.
using Run = std::function<ExitCode(Context&)>;

/// One subcommand. `declare` names its options and gives what runs with them; it opens nothing.
struct Command {
  const char* name;
  const char* group;
  const char* summary;
  Run (*declare)(Flags&);
};

/// Every command, in the order of the help.
const std::vector<Command>& commands();

}  // namespace covenant
