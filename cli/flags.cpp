#include "cli/flags.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "cli/command_line.hpp"
#include "core/base/error.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

void Flags::option(const std::string& name, const std::string& value_name, std::optional<std::string>& target,
                   const std::string& help) {
  app_.add_option_function<std::string>(
          name, [&target](const std::string& value) { target = value; }, help)
      ->type_name(value_name)
      ->allow_extra_args(false);
}

void Flags::option_or(const std::string& name, const std::string& value_name, const std::string& otherwise,
                      std::optional<std::string>& target, const std::string& help) {
  app_.add_option_function<std::vector<std::string>>(
          name,
          [&target, otherwise](const std::vector<std::string>& values) {
            target = values.empty() || values.front().empty() ? otherwise : values.front();
          },
          help)
      ->type_name(value_name)
      ->expected(0, 1);
}

void Flags::repeated(const std::string& name, const std::string& value_name, std::vector<std::string>& target,
                     const std::string& help) {
  app_.add_option(name, target, help)->type_name(value_name)->allow_extra_args(false);
}

void Flags::flag(const std::string& name, bool& target, const std::string& help) {
  app_.add_flag(name, target, help);
}

void Flags::argument(const std::string& name, std::optional<std::string>& target, const std::string& help) {
  app_.add_option_function<std::string>(
          name, [&target](const std::string& value) { target = value; }, help)
      ->type_name("");
}

void Flags::required_argument(const std::string& name, std::string& target, const std::string& help) {
  app_.add_option(name, target, help)->type_name("")->required();
}

void Flags::arguments(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  app_.add_option(name, target, help)->type_name("");
}

namespace {

void declare_globals(Flags& flags, Globals& globals) {
  flags.option("--registry", "FILE", globals.registry,
               "the registry (else $COVENANT_REGISTRY, else the settings)");
  flags.option("--config", "FILE", globals.config, "the settings (else $COVENANT_CONFIG)");
  flags.option("--as", "ACTOR", globals.actor,
               "who does it (else $COVENANT_ACTOR, the settings, the login name)");
  flags.option("--wait", "SECONDS", globals.wait, "how long to wait for a busy registry (default 5)");
  flags.flag("--quiet", globals.quiet, "only errors on standard error");
  flags.flag("--no-color", globals.no_color, "no colour, also on a terminal");
}

std::unique_ptr<CLI::App> make_app(Globals& globals) {
  auto app = std::make_unique<CLI::App>("Keeps the register of the Covenant of Mayors' Associated Partners.",
                                        "covenant");
  app->set_help_flag("--help", "print this help");
  app->set_version_flag("--version", "covenant " COVENANT_VERSION, "print the version");
  app->require_subcommand(0, 1);  // after the command, a word that is a command's name is an argument
  app->option_defaults()->always_capture_default(false);
  app->get_formatter()->column_width(34);
  app->get_formatter()->label("OPTIONS", "OPTION...");
  app->get_formatter()->label("SUBCOMMAND", "COMMAND");
  Flags flags(*app);
  declare_globals(flags, globals);
  return app;
}

CLI::App* add_command(CLI::App& app, const Command& command) {
  CLI::App* sub = app.add_subcommand(command.name, command.summary);
  sub->group(command.group);
  sub->fallthrough();
  return sub;
}

void append_names(std::vector<std::string>& names, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
}

std::string suggestion(std::string_view word, const std::vector<std::string>& names) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto near = nearest(word, views);
  return near ? fmt::format("; did you mean '{}'?", *near) : "; see 'covenant help'";
}

/// "--city=" as "--city" and an empty word: the library would take the next word for the value.
std::vector<std::string> with_empty_values(const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  for (const std::string& argument : arguments) {
    if (argument.starts_with("--") && argument.find('=') == argument.size() - 1) {
      words.push_back(argument.substr(0, argument.size() - 1));
      words.emplace_back();
    } else {
      words.push_back(argument);
    }
  }
  return words;
}

/// What is wrong with an option's values, out of the library's message: "NAME: …".
std::string mismatch(const std::string& message) {
  const std::string name = message.substr(0, message.find(':'));
  const bool is_twice = message.find("At Most") != std::string::npos;
  return for_terminal(name) + (is_twice ? " is given more than once" : " needs a value");
}

/// Says what a word is that nothing was declared for.
std::string unexpected(const CLI::App& app, const std::string& word) {
  const auto chosen = app.get_subcommands();
  std::vector<std::string> names;
  if (word.starts_with("-")) {
    append_names(names, app);
    for (const CLI::App* command : chosen) append_names(names, *command);
    return fmt::format("unknown option '{}'", for_terminal(word)) +
           suggestion(word.substr(0, word.find('=')), names);
  }
  if (!chosen.empty()) return fmt::format("unexpected argument '{}'", for_terminal(word));
  for (const Command& command : commands()) names.emplace_back(command.name);
  return fmt::format("unknown command '{}'", for_terminal(word)) + suggestion(word, names);
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments, Globals& globals) {
  const auto app = make_app(globals);
  std::vector<std::pair<CLI::App*, Run>> runs;
  for (const Command& command : commands()) {
    CLI::App* sub = add_command(*app, command);
    // Only a command that is named can be chosen: the options of the others need not be made.
    if (std::find(arguments.begin(), arguments.end(), command.name) == arguments.end()) continue;
    Flags flags(*sub);
    runs.emplace_back(sub, command.declare(flags));
  }
  try {
    std::vector<std::string> words = with_empty_values(arguments);
    std::reverse(words.begin(), words.end());  // as the library wants them
    app->parse(std::move(words));
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app->get_subcommands();
    return {nullptr, chosen.empty() ? app->help() : chosen.front()->help(app->get_name())};
  } catch (const CLI::CallForVersion& version) {
    return {nullptr, std::string(version.what()) + "\n"};
  } catch (const CLI::ExtrasError&) {
    throw Error(ErrorKind::usage, unexpected(*app, app->remaining(true).front()));
  } catch (const CLI::ArgumentMismatch& error) {
    throw Error(ErrorKind::usage, mismatch(error.what()));
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorKind::usage, for_terminal(error.what()));
  }
  for (const auto& [sub, run] : runs) {
    if (sub->parsed()) return {run, ""};
  }
  throw Error(ErrorKind::usage, "no command given; see 'covenant help'");
}

std::string help_text(const std::optional<std::string>& command_name) {
  Globals globals;
  const auto app = make_app(globals);
  for (const Command& command : commands()) {
    CLI::App* sub = add_command(*app, command);
    if (command_name != command.name) continue;
    Flags flags(*sub);
    const Run kept = command.declare(flags);
    return sub->help(app->get_name());
  }
  if (command_name) {
    throw Error(ErrorKind::usage, unexpected(*app, *command_name));
  }
  return app->help();
}

std::vector<DeclaredCommand> declared_commands() {
  const auto describe = [](const CLI::App& app) {
    std::vector<DeclaredOption> options;
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) {
        options.push_back({"--" + name, option->get_description(), option->get_type_name(),
                           option->get_items_expected_max() > 0});
      }
    }
    return options;
  };
  Globals globals;
  const auto app = make_app(globals);
  std::vector<DeclaredCommand> all{{"", "", describe(*app)}};
  for (const Command& command : commands()) {
    CLI::App* sub = add_command(*app, command);
    Flags flags(*sub);
    const Run kept = command.declare(flags);
    all.push_back({command.name, command.summary, describe(*sub)});
  }
  return all;
}

}  // namespace covenant
