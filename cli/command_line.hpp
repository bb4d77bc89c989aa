#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace covenant {

/// The options that every command has.
struct Globals {
  std::optional<std::string> registry;
  std::optional<std::string> config;
  std::optional<std::string> actor;
  std::optional<std::string> wait;
  bool quiet = false;
  bool no_color = false;
};

/// What the words on the command line ask for: a command to run, or a text (help, version) to print.
struct CommandLine {
  Run run;
  std::string text;
};

/// Parses the words after the program's name. Opens nothing. @throws Error{usage}
CommandLine parse_command_line(const std::vector<std::string>& arguments, Globals& globals);

/// The help of a command, or of the whole. @throws Error{usage} on an unknown command
std::string help_text(const std::optional<std::string>& command_name);

/// An option as it was declared.
struct DeclaredOption {
  std::string name;  ///< with its two hyphens
  std::string help;
  std::string value_name;
  bool takes_value;
};

/// A command as it was declared; the first has no name and holds the options that every command has.
struct DeclaredCommand {
  std::string name;
  std::string summary;
  std::vector<DeclaredOption> options;
};

/// Everything that can be completed.
std::vector<DeclaredCommand> declared_commands();

}  // namespace covenant
