#include "cli/completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "cli/flags.hpp"
#include "core/model/codes.hpp"
#include "core/model/policy.hpp"
#include "core/model/status.hpp"

namespace covenant {

namespace {

template <class E>
std::string words_of() {
  return fmt::format("{}", fmt::join(Codes<E>::codes, " "));
}

std::string words_of(Policy policy) {
  return fmt::format("{}", fmt::join(values_of(policy), " "));
}

/// The words that an option takes, joined by blanks; "FILE" when it takes a file; empty when nobody can know.
std::string values_of(const DeclaredOption& option) {
  if (option.name == "--status") return words_of<Status>();
  if (option.name == "--category") return words_of<Category>();
  if (option.name == "--level") return words_of<Level>();
  if (option.name == "--reason") return words_of<EndReason>();
  if (option.value_name == "FILE") return "FILE";
  if (option.value_name.find('|') == std::string::npos) return "";
  std::string words = option.value_name;
  std::replace(words.begin(), words.end(), '|', ' ');
  return words;
}

std::string quoted(std::string text) {
  for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 4)) {
    text.replace(at, 1, "'\\''");
  }
  return "'" + text + "'";
}

/// The options that every command has come with each command.
std::vector<DeclaredOption> options_of(const std::vector<DeclaredCommand>& commands,
                                       const DeclaredCommand& command) {
  std::vector<DeclaredOption> options = command.options;
  for (const DeclaredOption& option : commands.front().options) {
    if (option.name != "--help" && option.name != "--version") options.push_back(option);
  }
  return options;
}

/// Completes these words after the command and the word before the cursor.
std::string bash_case(std::string_view after, std::string_view words) {
  return fmt::format(
      "    {}) [[ $word == -* ]] || {{ COMPREPLY=($(compgen -W '{}' -- \"$word\")); return; }} ;;\n", after,
      words);
}

/// Cases of a shell's `case` on the word before the cursor.
std::string bash_values(const std::vector<DeclaredCommand>& commands) {
  std::string cases;
  std::vector<std::string> seen;
  for (const DeclaredCommand& command : commands) {
    for (const DeclaredOption& option : command.options) {
      const std::string key = command.name + option.name;
      if (!option.takes_value || std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
      seen.push_back(key);
      const std::string values = values_of(option);
      const std::string action = values == "FILE"
                                     ? "COMPREPLY=($(compgen -f -- \"$word\")); compopt -o filenames"
                                     : fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))", values);
      cases += fmt::format("    {}:{}) {}; return ;;\n", command.name.empty() ? "*" : command.name,
                           option.name, action);
    }
  }
  return cases + bash_case("policy:policy", words_of<Policy>()) +
         bash_case("policy:four-eyes", words_of(Policy::four_eyes)) +
         bash_case("policy:commitment", words_of(Policy::commitment));
}

std::string bash_script(const std::vector<DeclaredCommand>& commands) {
  std::string names;
  std::string options;
  for (const DeclaredCommand& command : commands) {
    std::string words;
    for (const DeclaredOption& option : options_of(commands, command)) words += " " + option.name;
    options +=
        fmt::format("    {}) words='{}' ;;\n", command.name.empty() ? "''" : command.name, words.substr(1));
    if (!command.name.empty()) names.append(names.empty() ? "" : " ").append(command.name);
  }
  return fmt::format(R"(# bash completion for covenant
_covenant() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command='' words i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case " {names} " in *" ${{COMP_WORDS[i]}} "*) command=${{COMP_WORDS[i]}}; break ;; esac
  done
  case $command:$before in
{values}  esac
  case $command in
{options}  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  elif [[ -z $command ]]; then
    COMPREPLY=($(compgen -W '{names}' -- "$word"))
  elif [[ $command == help ]]; then
    COMPREPLY=($(compgen -W '{names}' -- "$word"))
  elif [[ $command == completion ]]; then
    COMPREPLY=($(compgen -W '{shells}' -- "$word"))
  fi
}}
complete -F _covenant covenant
)",
                     fmt::arg("names", names), fmt::arg("values", bash_values(commands)),
                     fmt::arg("options", options), fmt::arg("shells", words_of<Shell>()));
}

std::string zsh_option(const DeclaredOption& option) {
  std::string help = option.help;
  for (const char c : {'[', ']', ':'}) std::replace(help.begin(), help.end(), c, ' ');
  std::string spec = fmt::format("*{}[{}]", option.name, help);
  if (!option.takes_value) return quoted(spec);
  const std::string values = values_of(option);
  if (values == "FILE") return quoted(spec + ":file:_files");
  return quoted(values.empty() ? spec + ": : " : fmt::format("{}:value:({})", spec, values));
}

std::string zsh_script(const std::vector<DeclaredCommand>& commands) {
  std::string names;
  std::string cases;
  for (const DeclaredCommand& command : commands) {
    if (command.name.empty()) continue;
    names += fmt::format("    {}\n", quoted(command.name + ":" + command.summary));
    cases += fmt::format("    {}) _arguments", command.name);
    for (const DeclaredOption& option : options_of(commands, command))
      cases += " \\\n      " + zsh_option(option);
    if (command.name == "policy") {
      cases += fmt::format(" \\\n      '1:policy:({})' '2:value:({} {})'", words_of<Policy>(),
                           words_of(Policy::four_eyes), words_of(Policy::commitment));
    }
    cases += " ;;\n";
  }
  return fmt::format(R"(#compdef covenant
_covenant() {{
  local -a names
  names=(
{}  )
  local command=${{${{words[2,CURRENT-1]}}[(r)({})]}}
  if [[ -z $command ]]; then
    _describe command names
    return
  fi
  case $command in
{}  esac
}}
compdef _covenant covenant
)",
                     names,
                     [&] {
                       std::string any;
                       for (const DeclaredCommand& command : commands) {
                         if (!command.name.empty()) any.append(any.empty() ? "" : "|").append(command.name);
                       }
                       return any;
                     }(),
                     cases);
}

std::string fish_line(const std::string& condition, const DeclaredOption& option) {
  std::string line = fmt::format("complete -c covenant{} -l {}", condition, option.name.substr(2));
  if (option.takes_value) {
    const std::string values = values_of(option);
    line += values == "FILE" ? " -rF" : values.empty() ? " -x" : " -xa " + quoted(values);
  }
  return line + " -d " + quoted(option.help) + "\n";
}

std::string fish_script(const std::vector<DeclaredCommand>& commands) {
  std::string script = "# fish completion for covenant\ncomplete -c covenant -f\n";
  for (const DeclaredCommand& command : commands) {
    if (!command.name.empty()) {
      script += fmt::format("complete -c covenant -n __fish_use_subcommand -a {} -d {}\n", command.name,
                            quoted(command.summary));
    }
    const std::string condition =
        command.name.empty() ? "" : fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    if (command.name == "policy") {
      script += fmt::format("complete -c covenant{} -a '{} {} {}'\n", condition, words_of<Policy>(),
                            words_of(Policy::four_eyes), words_of(Policy::commitment));
    }
    for (const DeclaredOption& option : command.options) script += fish_line(condition, option);
  }
  return script;
}

}  // namespace

std::string completion_script(Shell shell) {
  const std::vector<DeclaredCommand> commands = declared_commands();
  switch (shell) {
    case Shell::bash:
      return bash_script(commands);
    case Shell::zsh:
      return zsh_script(commands);
    case Shell::fish:
      return fish_script(commands);
  }
  return "";
}

}  // namespace covenant
