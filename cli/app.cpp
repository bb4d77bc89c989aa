#include "cli/app.hpp"

#include <exception>
#include <string_view>

#include "cli/command_line.hpp"
#include "cli/context.hpp"
#include "core/base/error.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

ExitCode run_command(const std::vector<std::string>& arguments, Env& env) {
  Globals globals;
  const CommandLine line = parse_command_line(arguments, globals);
  if (!line.run) {
    env.out.write(line.text);
    return ExitCode::done;
  }
  Context context(env, globals);
  return line.run(context);
}

ExitCode fail(Env& env, ExitCode code, std::string_view message) {
  env.err.write("covenant: " + for_terminal(message) + "\n");
  return code;
}

/// What was written to standard output counts only if it arrived.
ExitCode flushed(Env& env, ExitCode code) {
  try {
    env.out.flush();
    env.err.flush();
    return code;
  } catch (const Error& error) {
    const ExitCode failed = fail(env, exit_code(error.kind()), error.what());
    try {
      env.err.flush();
    } catch (const Error&) {
      // Nobody is left to be told.
    }
    return failed;
  }
}

}  // namespace

ExitCode run_app(const std::vector<std::string>& arguments, Env& env) {
  try {
    return flushed(env, run_command(arguments, env));
  } catch (const Error& error) {
    return flushed(env, fail(env, exit_code(error.kind()), error.what()));
  } catch (const std::exception& error) {
    return flushed(env, fail(env, ExitCode::fault, std::string("a fault of the program: ") + error.what()));
  }
}

}  // namespace covenant
