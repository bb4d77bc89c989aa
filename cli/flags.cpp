#include "cli/flags.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <utility>

#include "cli/help.hpp"
#include "core/model/text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

Result<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || text.empty()) {
    return Problem::of(ProblemCode::number, text, fmt::format("{} is not a whole number", in_quotes(text)));
  }
  return number;
}

Result<Wait> Wait::parse(std::string_view text) {
  constexpr std::uint64_t longest = 24ULL * 60 * 60;
  const auto seconds = parse_count(text);
  if (!seconds || *seconds > longest) {
    return Problem::of(ProblemCode::number, text,
                       fmt::format("{} is not a number of seconds from 0 to {}", in_quotes(text), longest));
  }
  return Wait{std::chrono::seconds(*seconds)};
}

Result<ActorName> ActorName::parse(std::string_view text) {
  auto name = PersonText::parse(text);
  if (name) return ActorName{name->str()};
  if (name.problem().code != ProblemCode::too_short) return std::move(name).problem();
  return Problem::of(ProblemCode::too_short, text, "'' is empty; write a name");
}

std::string option_name(std::string_view column) {
  std::string name = "--" + std::string(column);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

CLI::Option* Flags::add(const std::string& name, const std::string& value_name, const std::string& help,
                        Times times, Store store) {
  CLI::Option* option = app_.add_option(name, CLI::callback_t(), help);
  option->type_name(value_name)->allow_extra_args(false);
  if (times == Times::once_or_bare) option->expected(0, 1);
  if (times == Times::any) option->take_all();
  values_.push_back({option, std::move(store)});
  groups_[name] = group_;
  return option;
}

void Flags::flag(const std::string& name, bool& target, const std::string& help) {
  app_.add_flag(name, target, help);
  groups_[name] = group_;
}

void Flags::require(CLI::Option* option) {
  option->required();
}

void Flags::arguments(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  add(name, "", help, Times::any, [&target](const std::string& text) {
    target.push_back(text);
  })->expected(-1);
}

Choices Flags::choices(const std::string& name) const {
  const auto found = std::find_if(choices_.begin(), choices_.end(),
                                  [&](const auto& offered) { return offered.first == name; });
  return found == choices_.end() ? Choices{} : found->second;
}

char Flags::joint_of(const std::string& name) const {
  const auto found = joints_.find(name);
  return found == joints_.end() ? '\0' : found->second;
}

std::string Flags::group_of(const std::string& name) const {
  const auto found = groups_.find(name);
  return found == groups_.end() ? "" : found->second;
}

std::string Flags::required_title(const std::string& name) const {
  const auto found = required_.find(name);
  if (found != required_.end()) return found->second;
  const CLI::Option* option = app_.get_option_no_throw(name);
  return option != nullptr && option->get_required() ? "Required" : "";
}

bool Flags::is_given(const std::string& name) const {
  return app_.get_option(name)->count() > 0;
}

std::string Flags::shown(const std::string& name) const {
  const std::string value_name = app_.get_option(name)->get_type_name();
  return value_name.empty() ? name : name + " " + value_name;
}

void Flags::needs(const std::string& name, std::initializer_list<const char*> others) {
  if (others.size() == 1) {
    app_.get_option(name)->needs(app_.get_option(*others.begin()));
    return;
  }
  rules_.emplace_back([this, name, names = std::vector<std::string>(others.begin(), others.end())] {
    const auto given = [this](const std::string& other) { return is_given(other); };
    if (!is_given(name) || std::any_of(names.begin(), names.end(), given)) return;
    throw Error(ErrorKind::usage, fmt::format("{} can only be used with {}", name, fmt::join(names, " or ")));
  });
}

void Flags::excludes(const std::string& name, std::initializer_list<const char*> others) {
  for (const char* other : others) app_.get_option(name)->excludes(app_.get_option(other));
}

void Flags::one_of(std::initializer_list<const char*> names, const char* instead) {
  alternatives_.emplace_back(names.begin(), names.end());
  const bool are_options = std::all_of(
      names.begin(), names.end(), [](const char* name) { return std::string_view(name).starts_with("-"); });
  if (are_options || names.size() == 1) {
    for (const char* name : names)
      show_as_required(name, names.size() == 1 ? "Required" : "Required, one of");
  }
  rules_.emplace_back([this, names = std::vector<std::string>(names.begin(), names.end()), instead] {
    std::vector<std::string> given;
    std::copy_if(names.begin(), names.end(), std::back_inserter(given),
                 [this](const std::string& name) { return is_given(name); });
    if (given.size() == 1 || (given.empty() && instead != nullptr && is_given(instead))) return;
    if (given.size() > 1) {
      throw Error(ErrorKind::usage, fmt::format("{} and {} cannot be used together", given[0], given[1]));
    }
    std::vector<std::string> all(names.size());
    std::transform(names.begin(), names.end(), all.begin(),
                   [this](const std::string& name) { return shown(name); });
    const std::string last = std::move(all.back());
    all.pop_back();
    throw Error(ErrorKind::usage, fmt::format("{}: missing {}{}{}", app_.get_name(), fmt::join(all, ", "),
                                              all.empty() ? "" : " or ", last));
  });
}

namespace {

/// A file or folder has a name: what a variable of the shell without a value leaves is none.
void demand_name(const CLI::Option& option, std::string_view text) {
  const bool is_argument = option.get_positional();
  const std::string name = option.get_name(is_argument);
  const std::string kind = is_argument ? name : option.get_type_name();
  if (!text.empty()) return;
  if (kind.starts_with("FILE"))
    throw Error(ErrorKind::usage, fmt::format("{}: '' is empty; name a file", name));
  if (kind == "FOLDER") throw Error(ErrorKind::usage, fmt::format("{}: '' is empty; name a folder", name));
}

}  // namespace

void Flags::read_values() const {
  for (const auto& rule : rules_) rule();
  for (const Value& value : values_) {
    for (const std::string& text : value.option->results()) {
      demand_name(*value.option, text);
      value.store(text);
    }
  }
}

namespace {

void declare_globals(Flags& flags, Globals& globals) {
  flags.option("--registry", "FILE", globals.registry, "registry to use");
  flags.option("--config", "FILE", globals.config, "settings file to use");
  flags.option("--as", "ACTOR", globals.actor, "name to record in the history");
  flags.option("--wait", "SECONDS", globals.wait, "longest wait for a busy registry (default 5)");
  flags.flag("--quiet", globals.quiet, "print only results and errors");
  flags.flag("--no-color", globals.no_color, "print without colour");
  flags.flag("--no-pager", globals.no_pager, "print without a pager");
}

std::unique_ptr<CLI::App> make_app() {
  auto app = std::make_unique<CLI::App>("Keep the register of the Covenant of Mayors' Associated Partners.",
                                        "covenant");
  app->set_help_flag("-h,--help", "print this help");
  app->set_version_flag("--version", "covenant " COVENANT_VERSION, "print the version");
  app->require_subcommand(0, 1);  // after the command, a word that is a command's name is an argument
  app->option_defaults()->always_capture_default(false);
  return app;
}

CLI::App* add_command(CLI::App& app, const Command& command) {
  CLI::App* sub = app.add_subcommand(command.name, command.summary);
  sub->fallthrough();
  return sub;
}

void append_names(std::vector<std::string>& names, const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
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

const CLI::Option* find_option(const CLI::App& app, const CLI::App* command, const std::string& word) {
  if (!word.starts_with("-")) return nullptr;
  const CLI::Option* option = command == nullptr ? nullptr : command->get_option_no_throw(word);
  return option != nullptr ? option : app.get_option_no_throw(word);
}

/// The library would take "--dry-run=no" for no flag and "--dry-run=yes" for one.
/// @throws Error{usage} when the word is a flag with a value
void refuse_flag_with_value(const CLI::App& app, const CLI::App* command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  const CLI::Option* option = name == word ? nullptr : find_option(app, command, name);
  if (option != nullptr && option->get_items_expected_max() == 0)
    throw Error(ErrorKind::usage, name + ": takes no value");
}

/// Whoever forgets a value would otherwise have the next option stored as one.
/// @throws Error{usage} when a value is a word that is itself an option, or a flag has a value
void check_values(const CLI::App& app, const std::vector<CLI::App*>& declared,
                  const std::vector<std::string>& words) {
  const CLI::App* command = nullptr;
  for (auto word = words.begin(); word != words.end() && *word != "--"; ++word) {
    if (command == nullptr && !word->starts_with("-")) {
      const auto found = std::find_if(declared.begin(), declared.end(),
                                      [&](const CLI::App* sub) { return sub->get_name() == *word; });
      if (found != declared.end()) command = *found;
    }
    refuse_flag_with_value(app, command, *word);
    const CLI::Option* option = find_option(app, command, *word);
    if (option == nullptr || option->get_items_expected_min() == 0) continue;
    const auto value = word + 1;
    if (value == words.end()) return;
    if (find_option(app, command, *value) != nullptr) {
      throw Error(ErrorKind::usage, fmt::format("{}: no value; if '{}' is the value, write {}={}", *word,
                                                *value, *word, *value));
    }
    word = value;
  }
}

/// What is wrong with an option's values, out of the library's message: "NAME: …".
std::string mismatch(const std::string& message) {
  const std::string name = message.substr(0, message.find(':'));
  const bool is_twice = message.find("At Most") != std::string::npos;
  return for_terminal(name) + (is_twice ? ": given more than once" : ": no value");
}

/// The flag that has a value, out of the library's message: "Could not convert: --quiet = maybe".
std::string flag_with_value(const std::string& message) {
  const std::size_t begin = message.find("--");
  return begin == std::string::npos ? message : message.substr(begin, message.find(' ', begin) - begin);
}

/// The library's "A WORD B" with `between` in place of the word.
std::string reworded(const std::string& message, std::string_view word, std::string_view between) {
  const std::size_t at = message.find(word);
  return message.substr(0, at) + std::string(between) + message.substr(at + word.size());
}

/// How an argument that a command does not have could be meant: a file, a field's value, a text to find.
std::string meant(const CLI::App& command, const std::string& word) {
  const auto has = [&](const std::string& name) { return command.get_option_no_throw(name) != nullptr; };
  std::string option;
  if (word.ends_with(".csv") && has("--csv")) {
    option = "--csv " + word;
  } else if (word.ends_with(".toml") && has("--form")) {
    option = "--form " + word;
  } else if (const auto equals = word.find('=');
             equals != std::string::npos && has("--" + word.substr(0, equals))) {
    option = "--" + word;
  } else if (has("--search")) {
    option = "--search " + word;
  }
  return option.empty() ? "" : fmt::format("; did you mean {}?", in_quotes(option));
}

/// Whether an option that a command does not have is a format that it writes: "--json".
bool is_format(const CLI::App& command, const std::string& word) {
  const CLI::Option* const format = command.get_option_no_throw("--format");
  if (format == nullptr || !word.starts_with("--")) return false;
  const std::string formats = "|" + format->get_type_name() + "|";
  return formats.find("|" + word.substr(2) + "|") != std::string::npos;
}

/// Says what a word is that nothing was declared for.
std::string unexpected(const CLI::App& app, const std::string& word) {
  const auto chosen = app.get_subcommands();
  const std::string place = chosen.empty() ? "" : chosen.front()->get_name() + ": ";
  std::vector<std::string> names;
  if (word.starts_with("-")) {
    append_names(names, app);
    for (const CLI::App* command : chosen) append_names(names, *command);
    const std::string name = word.substr(0, word.find('='));
    const bool is_early = std::find(names.begin(), names.end(), name) != names.end();
    if (is_early) {
      return fmt::format("'{}' is an option of {}; write it after the command", name,
                         chosen.front()->get_name());
    }
    if (!chosen.empty() && is_format(*chosen.front(), word))
      return fmt::format("{}unknown option '{}'; did you mean '--format {}'?", place, word, word.substr(2));
    return fmt::format("{}unknown option {}", place, in_quotes(word)) +
           suggest_option(name, names, chosen.empty() ? "" : chosen.front()->get_name());
  }
  if (!chosen.empty())
    return fmt::format("{}unexpected argument {}{}", place, in_quotes(word), meant(*chosen.front(), word));
  return fmt::format("unknown command {}", in_quotes(word)) + suggest_command(word);
}

/// The command that was chosen, or nothing when the command line asks for a text. @throws Error{usage}
std::optional<std::string> parse(CLI::App& app, std::vector<std::string> words, std::size_t help_width) {
  try {
    std::reverse(words.begin(), words.end());  // as the library wants them
    app.parse(std::move(words));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    return help_text(chosen.empty() ? std::nullopt : std::optional(chosen.front()->get_name()), help_width);
  } catch (const CLI::CallForVersion& version) {
    return std::string(version.what()) + "\n";
  } catch (const CLI::ExtrasError&) {
    throw Error(ErrorKind::usage, unexpected(app, app.remaining(true).front()));
  } catch (const CLI::ArgumentMismatch& error) {
    throw Error(ErrorKind::usage, mismatch(error.what()));
  } catch (const CLI::ConversionError& error) {
    throw Error(ErrorKind::usage, for_terminal(flag_with_value(error.what())) + ": takes no value");
  } catch (const CLI::RequiresError& error) {
    throw Error(ErrorKind::usage, reworded(error.what(), " requires ", " can only be used with "));
  } catch (const CLI::ExcludesError& error) {
    throw Error(ErrorKind::usage, reworded(error.what(), " excludes ", " and ") + " cannot be used together");
  } catch (const CLI::RequiredError&) {
    const CLI::App* command = app.get_subcommands().front();
    const auto missing = command->get_options(
        [](const CLI::Option* option) { return option->get_required() && option->count() == 0; });
    std::string names;
    for (const CLI::Option* option : missing)
      names.append(names.empty() ? "" : " and ").append(option->get_name(option->get_positional()));
    throw Error(ErrorKind::usage, fmt::format("{}: missing {}", command->get_name(), names));
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorKind::usage, for_terminal(error.what()));
  }
}

std::vector<DeclaredOption> describe(const CLI::App& app, const Flags& flags) {
  std::vector<DeclaredOption> options;
  for (const CLI::Option* option : app.get_options()) {
    const bool is_argument = option->get_positional();
    const std::string name = option->get_name(is_argument);
    options.push_back({.name = name,
                       .help = option->get_description(),
                       .value_name = is_argument ? name : option->get_type_name(),
                       .choices = flags.choices(name),
                       .is_argument = is_argument,
                       .takes_value = option->get_items_expected_max() > 0,
                       .joint = flags.joint_of(name),
                       .is_repeatable = option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll,
                       .is_bare_too = option->get_items_expected_min() == 0,
                       .group = flags.group_of(name),
                       .required = flags.required_title(name)});
  }
  return options;
}

DeclaredCommand declared(CLI::App& app, const Command& command) {
  CLI::App* sub = add_command(app, command);
  Flags flags(*sub);
  const Run kept = command.declare(flags);
  return {command.name, command.summary, describe(*sub, flags), flags.alternatives(), flags.usages()};
}

/// A command that may have been chosen, with what it declared.
struct Declared {
  CLI::App* app;
  CommandGroup group;
  std::unique_ptr<Flags> flags;
  Run run;
};

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& arguments, Globals& globals,
                               std::size_t help_width) {
  const auto app = make_app();
  Flags global_flags(*app);
  declare_globals(global_flags, globals);
  std::vector<Declared> declared;
  std::vector<CLI::App*> subs;
  for (const Command& command : commands()) {
    // Only a command that is named can be chosen: the others need not be made.
    if (std::find(arguments.begin(), arguments.end(), command.name) == arguments.end()) continue;
    CLI::App* sub = add_command(*app, command);
    auto flags = std::make_unique<Flags>(*sub);
    Run run = command.declare(*flags);
    declared.push_back({sub, command.group, std::move(flags), std::move(run)});
    subs.push_back(sub);
  }
  const std::vector<std::string> words = with_empty_values(arguments);
  check_values(*app, subs, words);
  if (auto text = parse(*app, words, help_width)) return {nullptr, CommandGroup::help, *std::move(text)};
  for (const Declared& command : declared) {
    if (!command.app->parsed()) continue;
    global_flags.read_values();
    command.flags->read_values();
    return {command.run, command.group, ""};
  }
  return {nullptr, CommandGroup::help, ""};
}

std::string help_text(const std::optional<std::string>& word, std::size_t width) {
  if (!word) return main_help(width);
  if (const auto topic = from_code<HelpTopic>(*word)) return topic_help(*topic, width);
  const auto app = make_app();
  for (const Command& command : commands()) {
    if (*word != command.name) continue;
    return command_help(declared(*app, command), width);
  }
  throw Error(ErrorKind::usage,
              fmt::format("help: unknown command or topic {}", in_quotes(*word)) + suggest_topic(*word));
}

std::vector<DeclaredOption> common_options() {
  Globals globals;
  const auto app = make_app();
  Flags flags(*app);
  declare_globals(flags, globals);
  std::vector<DeclaredOption> options = describe(*app, flags);
  std::stable_partition(options.begin(), options.end(), [](const DeclaredOption& option) {
    return option.name != "--help" && option.name != "--version";
  });
  return options;
}

std::vector<DeclaredCommand> declared_commands() {
  std::vector<DeclaredCommand> all{{"", "", common_options()}};
  const auto app = make_app();
  for (const Command& command : commands()) all.push_back(declared(*app, command));
  return all;
}

}  // namespace covenant
