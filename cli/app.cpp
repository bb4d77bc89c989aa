#include "cli/app.hpp"

#include <fmt/format.h>

#include <exception>
#include <new>
#include <string_view>

#include "cli/completion.hpp"
#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/toml_file.hpp"
#include "core/base/error.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

ExitCode run_command(const std::vector<std::string>& arguments, Env& env) {
  if (!arguments.empty() && arguments.front() == completion_request) {
    env.out.write(completions({arguments.begin() + 1, arguments.end()}, env));
    return ExitCode::done;
  }
  Globals globals;
  const CommandLine line = parse_command_line(arguments, globals);
  if (!line.run) {
    env.out.write(line.text);
    return ExitCode::done;
  }
  // Help has to be there for whoever mends the settings.
  const bool needs_settings = line.group != CommandGroup::help;
  Context context(env, globals, needs_settings ? read_settings(globals.config, env) : Settings{});
  return line.run(context);
}

/// The option that could help, which core does not know.
std::string_view way_out(ErrorKind kind) {
  if (kind == ErrorKind::busy) return "; try again or raise --wait";
  if (kind == ErrorKind::clock) return "; set the clock, or if it is right, add --clock-is-right";
  return "";
}

ExitCode fail(Env& env, const Error& error) {
  env.err.write(fmt::format("covenant: {}{}\n", for_terminal(error.what()), way_out(error.kind())));
  return exit_code(error.kind());
}

ExitCode fail(Env& env, const TomlError& error) {
  const ExitCode code = fail(env, static_cast<const Error&>(error));
  // A form has an error a line, as a CSV file has.
  if (error.kind() == ErrorKind::usage) env.err.write(error.excerpt());
  return code;
}

/// What was written to standard output counts only if it arrived; what people read on standard error does
/// not.
ExitCode flushed(Env& env, ExitCode code) {
  try {
    env.out.flush();
  } catch (const Error& error) {
    code = fail(env, error);
  }
  env.err.flush();
  return code;
}

}  // namespace

ExitCode run_app(const std::vector<std::string>& arguments, Env& env) {
  try {
    return flushed(env, run_command(arguments, env));
  } catch (const TomlError& error) {
    return flushed(env, fail(env, error));
  } catch (const Error& error) {
    return flushed(env, fail(env, error));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return flushed(
        env, fail(env, Error(ErrorKind::fault, std::string("a fault of the program: ") + error.what())));
  }
}

}  // namespace covenant
