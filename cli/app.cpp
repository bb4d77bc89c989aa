#include "cli/app.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <string_view>

#include "cli/completion.hpp"
#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/help.hpp"
#include "cli/pager.hpp"
#include "cli/reader.hpp"
#include "cli/toml_file.hpp"
#include "core/base/error.hpp"
#include "core/documents/reader_protocol.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// What is wrong with the registry, with its name and what can be done.
std::string said_of(const Context& context, const RegistryError& error) {
  const std::string path = context.registry_path();
  if (error.kind() == ErrorKind::damaged)
    return fmt::format("{}: damaged, {}; run 'covenant check'", path, error.what());
  const auto waited = std::chrono::duration_cast<std::chrono::seconds>(context.wait()).count();
  return waited == 0 ? path + ": busy" : fmt::format("{}: busy for {} s", path, waited);
}

ExitCode run_command(const std::vector<std::string>& arguments, Env& env, Globals& globals,
                     PagedSink& pages) {
  if (!arguments.empty() && arguments.front() == completion_request) {
    env.out.write(completions({arguments.begin() + 1, arguments.end()}, env));
    return ExitCode::done;
  }
  if (arguments.size() == 2 && arguments.front() == read_request) run_reader(arguments.back());
  const CommandLine line = parse_command_line(arguments, globals, help_width(env));
  if (globals.no_pager) pages.do_without_pager();
  if (!line.run && line.text.empty()) {
    env.err.write(brief_help());
    return ExitCode::usage;
  }
  if (!line.run) {
    env.out.write(line.text);
    return ExitCode::done;
  }
  // Help has to be there for whoever mends the settings.
  const bool needs_settings = line.group != CommandGroup::help;
  Context context(env, globals, needs_settings ? read_settings(globals.config, env) : Settings{});
  try {
    return line.run(context);
  } catch (const RegistryError& error) {
    throw Error(error.kind(), said_of(context, error));
  }
}

/// The option that could help, which core does not know.
std::string_view way_out(ErrorKind kind) {
  if (kind == ErrorKind::busy) return "; try again or raise --wait";
  if (kind == ErrorKind::clock) return "; set the clock, or if it is right, add --clock-is-right";
  return "";
}

ExitCode fail(Env& env, const Globals& globals, const Error& error) {
  env.err.write(
      fmt::format("{}{}{}\n", error_prefix(env, globals), for_terminal(error.what()), way_out(error.kind())));
  return exit_code(error.kind());
}

ExitCode fail(Env& env, const Globals& globals, const TomlError& error) {
  const ExitCode code = fail(env, globals, static_cast<const Error&>(error));
  // A form has an error a line, as a CSV file has.
  if (error.kind() == ErrorKind::usage) env.err.write(error.excerpt());
  return code;
}

/// What was written to standard output counts only if it arrived; what people read on standard error does
/// not.
ExitCode flushed(Env& env, const Globals& globals, ExitCode code) {
  try {
    env.out.flush();
  } catch (const Error& error) {
    code = fail(env, globals, error);
  }
  env.err.flush();
  return code;
}

}  // namespace

ExitCode run_app(const std::vector<std::string>& arguments, Env& env) {
  PagedSink pages(env);
  Env paged{pages, env.err, env.out_terminal, env.err_terminal, env.variable, env.now, env.uid, env.login};
  Globals globals;
  // Also for what is wrong with the other arguments.
  globals.no_color = std::find(arguments.begin(), arguments.end(), "--no-color") != arguments.end();
  try {
    return flushed(paged, globals, run_command(arguments, paged, globals, pages));
  } catch (const TomlError& error) {
    return flushed(paged, globals, fail(paged, globals, error));
  } catch (const Error& error) {
    return flushed(paged, globals, fail(paged, globals, error));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    const Error fault(ErrorKind::fault, std::string("a fault of the program: ") + error.what());
    return flushed(paged, globals, fail(paged, globals, fault));
  }
}

}  // namespace covenant
