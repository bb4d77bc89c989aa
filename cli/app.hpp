#pragma once

#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/exit_code.hpp"

namespace covenant {

/// Runs the program: `arguments` are the words after its name. Reports what ends it, and returns its exit
/// code. Lets std::bad_alloc through: reporting takes memory.
ExitCode run_app(const std::vector<std::string>& arguments, Env& env);

}  // namespace covenant
