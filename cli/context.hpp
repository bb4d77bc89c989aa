#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "cli/env.hpp"
#include "cli/flags.hpp"
#include "cli/settings.hpp"
#include "core/formats/list.hpp"
#include "core/history/look_back.hpp"
#include "core/model/deed.hpp"
#include "core/store/registry.hpp"

namespace covenant {

/// Whether colour may go to an output stream. Source: covenant(1), OUTPUT.
bool may_colour(const Env& env, const Terminal& terminal, const Globals& globals);

/// What begins an error line: "covenant:", red on a terminal, and a blank.
std::string error_prefix(const Env& env, const Globals& globals);

/// How wide help is: as the terminal, or 80 columns.
std::size_t help_width(const Env& env);

/// What a running command can use: the world, the options that every command has, and the settings.
class Context {
 public:
  Context(Env& env, const Globals& globals, Settings settings);

  Env& env() { return env_; }
  TextSink& out() { return env_.out; }
  const Settings& settings() const { return settings_; }

  /// A sentence for people, on standard error; --quiet drops it.
  void say(std::string_view sentence);
  /// An error line, "covenant: MESSAGE".
  void complain(std::string_view message);
  /// A note, "covenant: PLACEnote: MESSAGE"; --quiet drops it. `place` is empty or ends in ": ".
  void note(std::string_view place, std::string_view message) const;

  /// Whether colour may go to standard output.
  bool may_colour() const { return covenant::may_colour(env_, env_.out_terminal, globals_); }
  /// How wide help is: as the terminal, or 80 columns.
  std::size_t help_width() const { return covenant::help_width(env_); }
  /// Whether people read UTF-8, by the locale that the environment names.
  bool speaks_utf8() const;
  /// How tables look on standard output.
  TableLook table_look() const;
  bool is_quiet() const { return globals_.quiet; }

  /// Who runs this, now, in this run. @throws Error{usage} on a name that cannot be one.
  const Deed& deed();
  /// The clock is right, though it contradicts the history.
  void confirm_clock();
  /// The office's day.
  Date today() const;

  /// The name that events record, and what says so.
  Sourced actor() const;

  /// Where the registry is. @throws Error{usage} when nothing says where.
  std::string registry_path() const { return registry_place().value; }
  /// The same, and what says so.
  Sourced registry_place() const;
  /// Whether an option, the environment or the settings name it; else it is the default one.
  bool registry_was_named() const;
  /// For how long to wait for others. @throws Error{usage}
  std::chrono::milliseconds wait() const;
  Registry open(OpenMode mode) const;
  /// That path, to be written to. @throws Error{conflict} when it is a registry or one of its journals.
  const std::string& output_path(const std::string& path) const;
  /// Makes `read` show the past that two options name, --as-of and --as-recorded; without them, nothing.
  /// @throws Error{bad_input} on a day in the future
  void look_back(Read& read, const std::optional<DayWord>& as_of, const std::optional<DayWord>& as_recorded,
                 Erased erased) const;

 private:
  Env& env_;
  const Globals& globals_;
  Settings settings_;
  std::optional<Deed> deed_;
};

/// @throws Error{usage} when the output that the option names is also that input, where '-' is standard input
void demand_other_file(std::string_view option, const std::string& output, const std::string& input);

}  // namespace covenant
