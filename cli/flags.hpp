#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "cli/exit_code.hpp"
#include "core/base/code.hpp"
#include "core/base/error.hpp"
#include "core/base/result.hpp"
#include "core/model/text.hpp"
#include "core/text/suggest.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace covenant {

template <class T>
concept HasCodes = std::is_enum_v<T> && requires {
  Codes<T>::codes;
};

/// Reads a number of 0 or more.
Result<std::uint64_t> parse_count(std::string_view text);

/// Reads an option's value by its type: text as it is, a number, a code, or what the type's own parser takes.
template <class T>
Result<T> parse_value(const std::string& text) {
  if constexpr (std::is_same_v<T, std::string>) {
    return text;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return parse_count(text);
  } else if constexpr (HasCodes<T>) {
    return parse_code<T>(text);
  } else {
    return T::parse(text);
  }
}

/// The codes of an enumeration, joined.
template <HasCodes E>
std::string joined_codes(std::string_view separator) {
  std::string text;
  for (const std::string_view code : Codes<E>::codes) {
    if (!text.empty()) text += separator;
    text += code;
  }
  return text;
}

/// What can be written for a value; empty when that is no list.
using Choices = std::vector<std::string>;

template <HasCodes E>
Choices choices_of() {
  return {Codes<E>::codes.begin(), Codes<E>::codes.end()};
}

/// The options that gave columns under another name than theirs: "--practice" for `practices`.
using OptionNames = std::map<std::string_view, std::string_view>;

/// The option of a field or a column: "signed_on" is --signed-on.
std::string option_name(std::string_view column);

/// The options and arguments of a command. Values are read when the whole command line is known to be well
/// formed, and before the command runs; a value that its type refuses is Error{usage}. The targets must live
/// until the command has run. Names are written as on the command line: "--on", "REF".
class Flags {
 public:
  explicit Flags(CLI::App& app) : app_(app) {}

  /// An option with one value, given at most once.
  template <class T>
  void option(const std::string& name, const std::string& value_name, std::optional<T>& target,
              const std::string& help) {
    add(name, value_name, help, Times::once,
        [&target, name](const std::string& text) { target = read<T>(name, text); });
    offer_codes<T>(name);
  }
  /// The same into a list: empty when it is not given.
  void option(const std::string& name, const std::string& value_name, std::vector<std::string>& target,
              const std::string& help) {
    add(name, value_name, help, Times::once, [&target](const std::string& text) { target.push_back(text); });
  }
  /// An option whose value may be left out, and what it is then.
  template <class T>
  void option_or(const std::string& name, const std::string& value_name, T otherwise,
                 std::optional<T>& target, const std::string& help) {
    add(name, value_name, help, Times::once_or_bare, [&target, otherwise, name](const std::string& text) {
      target = text.empty() ? otherwise : read<T>(name, text);
    });
    offer_codes<T>(name);
  }
  /// An option that may be repeated, one value each time.
  template <class T>
  void repeated(const std::string& name, const std::string& value_name, std::vector<T>& target,
                const std::string& help) {
    add(name, value_name, help, Times::any,
        [&target, name](const std::string& text) { target.push_back(read<T>(name, text)); });
    offer_codes<T>(name);
  }
  /// The same, where each value may be several, joined by ','.
  template <class T>
  void joined(const std::string& name, const std::string& value_name, std::vector<T>& target,
              const std::string& help) {
    add(name, value_name, help, Times::any, [&target, name](const std::string& text) {
      for (std::string_view rest = text;;) {
        const std::size_t comma = rest.find(',');
        target.push_back(read<T>(name, std::string(trimmed(rest.substr(0, comma)))));
        if (comma == std::string_view::npos) return;
        rest.remove_prefix(comma + 1);
      }
    });
    offer_codes<T>(name);
    join(name, ',');
  }
  /// --format, one of the codes of `target`'s type; what it is now is the default.
  template <HasCodes E>
  void format(E& target, const std::string& help = "output format") {
    add("--format", joined_codes<E>("|"), help + " (default " + std::string(code_of(target)) + ")",
        Times::once, [&target](const std::string& text) { target = read<E>("--format", text); });
    offer_codes<E>("--format");
  }
  /// An option without a value.
  void flag(const std::string& name, bool& target, const std::string& help);

  /// An argument, which can be left out when those after it are.
  template <class T>
  void argument(const std::string& name, std::optional<T>& target, const std::string& help) {
    add(name, "", help, Times::once,
        [&target, name](const std::string& text) { target = read<T>(name, text); });
    offer_codes<T>(name);
  }
  /// The same into a list: empty when it is not given.
  void argument(const std::string& name, std::vector<std::string>& target, const std::string& help) {
    add(name, "", help, Times::once, [&target](const std::string& text) { target.push_back(text); });
  }
  /// An argument that is required.
  template <class T>
  void required_argument(const std::string& name, T& target, const std::string& help) {
    require(add(name, "", help, Times::once,
                [&target, name](const std::string& text) { target = read<T>(name, text); }));
    offer_codes<T>(name);
  }
  /// Any number of arguments.
  void arguments(const std::string& name, std::vector<std::string>& target, const std::string& help);

  /// The heading of the help over the options that are declared next; empty for "Options".
  void group(std::string title) { group_ = std::move(title); }
  /// The help lists the option under that heading, before all that can be left out.
  void show_as_required(const std::string& name, const std::string& title) { required_[name] = title; }

  /// How the command is called, where that does not follow from what is required: " REF --contact
  /// [OPTION...]".
  void usage(std::initializer_list<const char*> forms) { usages_.assign(forms.begin(), forms.end()); }

  /// What can be written for the value of `name`, where its type does not say so.
  void offer(const std::string& name, Choices choices) { choices_.emplace_back(name, std::move(choices)); }

  /// The value of `name` may be several with that between them.
  void join(const std::string& name, char joint) { joints_[name] = joint; }

  /// `name` can only be used with one of `others`.
  void needs(const std::string& name, std::initializer_list<const char*> others);
  /// `name` cannot be used together with any of `others`.
  void excludes(const std::string& name, std::initializer_list<const char*> others);
  /// One of them, and no other, has to be given; none when `instead` is.
  void one_of(std::initializer_list<const char*> names, const char* instead = nullptr);

  /// What can be written for the value of `name`.
  Choices choices(const std::string& name) const;
  /// Whether the value of `name` may be several, joined by ','.
  char joint_of(const std::string& name) const;
  /// The heading of the help over `name`; empty for "Options".
  std::string group_of(const std::string& name) const;
  /// The heading over what is required; empty where `name` can be left out.
  std::string required_title(const std::string& name) const;
  /// Each time, the options and arguments of which one has to be given.
  const std::vector<std::vector<std::string>>& alternatives() const { return alternatives_; }
  /// What `usage` said.
  const std::vector<std::string>& usages() const { return usages_; }

  /// Checks what was given against `one_of` and `needs`, and reads every value into its target.
  /// @throws Error{usage}
  void read_values() const;

 private:
  enum class Times { once, once_or_bare, any };
  using Store = std::function<void(const std::string&)>;

  struct Value {
    CLI::Option* option;
    Store store;
  };

  template <class T>
  static T read(const std::string& name, const std::string& text) {
    auto parsed = parse_value<T>(text);
    if (!parsed) throw Error(ErrorKind::usage, name + ": " + parsed.problem().message);
    return *std::move(parsed);
  }

  template <class T>
  void offer_codes(const std::string& name) {
    if constexpr (HasCodes<T>) offer(name, choices_of<T>());
  }

  CLI::Option* add(const std::string& name, const std::string& value_name, const std::string& help,
                   Times times, Store store);
  static void require(CLI::Option* option);
  bool is_given(const std::string& name) const;
  /// As it is written in a message: "--csv FILE".
  std::string shown(const std::string& name) const;

  CLI::App& app_;
  std::vector<Value> values_;
  std::vector<std::function<void()>> rules_;
  std::vector<std::pair<std::string, Choices>> choices_;
  std::map<std::string, char> joints_;
  std::string group_;
  std::map<std::string, std::string> groups_;
  std::map<std::string, std::string> required_;
  std::vector<std::vector<std::string>> alternatives_;
  std::vector<std::string> usages_;
};

class Context;

/// What a command does once its options are read.
using Run = std::function<ExitCode(Context&)>;

/// The headings of the list of commands, in their order.
enum class CommandGroup { set_up, manage, correct, look_up, publish, help };

template <>
struct Codes<CommandGroup> {
  static constexpr std::array<std::string_view, 6> codes = {
      "Set up", "Manage partners", "Correct mistakes", "Look up", "Publish and keep safe", "Help"};
};

/// One subcommand. `declare` names its options and returns what runs with them; it opens nothing. The file of
/// the command NAME defines `Command NAME_command()`.
struct Command {
  const char* name;
  CommandGroup group;
  const char* summary;
  Run (*declare)(Flags&);
};

/// Every command, in the order of the help, which is that of COVENANT_COMMANDS in CMakeLists.txt.
const std::vector<Command>& commands();

/// How long to wait for a busy registry.
struct Wait {
  std::chrono::seconds time;

  /// Reads whole seconds up to a day.
  static Result<Wait> parse(std::string_view text);
};

/// Who acts.
struct ActorName {
  std::string text;

  /// Reads the name of a person or an office.
  static Result<ActorName> parse(std::string_view text);
};

/// The options that every command has.
struct Globals {
  std::optional<std::string> registry;
  std::optional<std::string> config;
  std::optional<ActorName> actor;
  std::optional<Wait> wait;
  bool quiet = false;
  bool no_color = false;
  bool no_pager = false;
};

/// What the words on the command line ask for: a command to run, or a text (help, version) to print.
struct CommandLine {
  Run run;
  CommandGroup group = CommandGroup::help;  ///< of the command
  std::string text;
};

/// Parses the words after the program's name, and every value among them; help has lines of `help_width`
/// columns. Opens nothing.
/// @throws Error{usage}
CommandLine parse_command_line(const std::vector<std::string>& arguments, Globals& globals,
                               std::size_t help_width);

/// The help of a command or a topic, or of the whole, in lines of that many columns.
/// @throws Error{usage} on any other word
std::string help_text(const std::optional<std::string>& word, std::size_t width);

/// An option or an argument as it was declared.
struct DeclaredOption {
  std::string name;  ///< "--on"; of an argument "REF"
  std::string help;
  std::string value_name;  ///< of an argument its name
  Choices choices;
  bool is_argument;
  bool takes_value;
  char joint;            ///< between values, of which there may be several in one; 0 where there is but one
  bool is_repeatable;    ///< it may be given more than once
  bool is_bare_too;      ///< its value may be left out
  std::string group;     ///< the heading of the help; empty for "Options"
  std::string required;  ///< the heading where it is required; empty: it can be left out
};

/// A command as it was declared; the first has no name and has the options that every command has.
struct DeclaredCommand {
  std::string name;
  std::string summary;
  std::vector<DeclaredOption> options;
  std::vector<std::vector<std::string>> alternatives{};  ///< each time, of which one has to be given
  std::vector<std::string> usages{};  ///< the ways of calling it, where they do not follow from that
};

/// The options that every command has, in the order of the help.
std::vector<DeclaredOption> common_options();

/// Everything that can be completed.
std::vector<DeclaredCommand> declared_commands();

}  // namespace covenant
