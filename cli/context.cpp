#include "cli/context.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/formats/style.hpp"
#include "core/model/text.hpp"
#include "core/store/registry_file.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::pair<std::string, ActorSource> find_actor(const Globals& globals, const Settings& settings,
                                               const Env& env) {
  if (globals.actor) return {globals.actor->text, ActorSource::option};
  if (auto name = env.variable("COVENANT_ACTOR")) return {*name, ActorSource::environment};
  if (settings.actor) return {*settings.actor, ActorSource::settings};
  // Anybody can set the variable; only root has it from sudo.
  if (env.uid == 0) {
    if (auto name = env.variable("SUDO_USER")) return {*name, ActorSource::sudo};
  }
  return {env.login(), ActorSource::login};
}

}  // namespace

bool may_colour(const Env& env, const Terminal& terminal, const Globals& globals) {
  if (globals.no_color || env.variable("NO_COLOR")) return false;
  const auto forced = env.variable("CLICOLOR_FORCE");
  if (forced && *forced != "0") return true;
  return terminal.is_terminal && env.variable("TERM") != "dumb" && env.variable("CLICOLOR") != "0";
}

std::string error_prefix(const Env& env, const Globals& globals) {
  std::string prefix;
  append_styled(prefix, "covenant:", may_colour(env, env.err_terminal, globals) ? red : std::string_view());
  return prefix + " ";
}

std::size_t help_width(const Env& env) {
  constexpr std::size_t default_width = 80;
  constexpr std::size_t narrowest = 40;
  return env.out_terminal.is_terminal ? std::max(env.out_terminal.width, narrowest) : default_width;
}

Context::Context(Env& env, const Globals& globals, Settings settings)
    : env_(env), globals_(globals), settings_(std::move(settings)) {}

void Context::say(std::string_view sentence) {
  if (globals_.quiet) return;
  env_.err.write(for_terminal(sentence) + "\n");
}

void Context::complain(std::string_view message) {
  env_.err.write(error_prefix(env_, globals_) + for_terminal(message) + "\n");
}

void Context::note(std::string_view place, std::string_view message) const {
  if (globals_.quiet) return;
  env_.err.write(fmt::format("covenant: {}note: {}\n", for_terminal(place), for_terminal(message)));
}

TableLook Context::table_look() const {
  return {.width = env_.out_terminal.width, .color = may_colour() ? Color::ansi : Color::none};
}

bool Context::speaks_utf8() const {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto locale = env_.variable(name);
    if (!locale) continue;
    const std::string lower = lower_case(*locale);
    return lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
  }
  return false;
}

const Deed& Context::deed() {
  if (!deed_) {
    const auto [name, source] = find_actor(globals_, settings_, env_);
    auto actor = ActorName::parse(name);
    if (!actor)
      throw Error(ErrorKind::usage, fmt::format("{}: {}", this->actor().origin, actor.problem().message));
    constexpr std::size_t run_bytes = 8;
    deed_ = Deed{env_.now, actor->text, source, env_.uid, to_hex(random_bytes(run_bytes)), today()};
  }
  return *deed_;
}

void Context::confirm_clock() {
  deed();
  deed_->clock = ClockTrust::confirmed;
}

Date Context::today() const {
  return settings_.timezone ? settings_.timezone->day_at(env_.now) : env_.now.date();
}

Sourced Context::actor() const {
  const auto [name, source] = find_actor(globals_, settings_, env_);
  switch (source) {
    case ActorSource::option:
      return {name, "--as"};
    case ActorSource::environment:
      return {name, "$COVENANT_ACTOR"};
    case ActorSource::settings:
      return {name, origin_of(settings_, "actor", "")};
    case ActorSource::sudo:
      return {name, "$SUDO_USER"};
    case ActorSource::login:
      return {name, "login name"};
  }
  return {name, ""};
}

Sourced Context::registry_place() const {
  if (globals_.registry) return {*globals_.registry, "--registry"};
  if (auto path = env_.variable("COVENANT_REGISTRY")) return {*path, "$COVENANT_REGISTRY"};
  if (settings_.registry) return {*settings_.registry, origin_of(settings_, "registry", "")};
  if (const auto folder = env_.variable("XDG_DATA_HOME"))
    return {*folder + "/covenant/registry.db", "default place"};
  if (const auto home = env_.variable("HOME"))
    return {*home + "/.local/share/covenant/registry.db", "default place"};
  throw Error(ErrorKind::usage, "no registry named; add --registry FILE or set $COVENANT_REGISTRY");
}

bool Context::registry_was_named() const {
  return globals_.registry || env_.variable("COVENANT_REGISTRY") || settings_.registry;
}

std::chrono::milliseconds Context::wait() const {
  return globals_.wait ? globals_.wait->time : std::chrono::seconds(5);
}

Registry Context::open(OpenMode mode) const {
  const std::string path = registry_path();
  Registry registry = Registry::open(path, mode, wait());
  if (mode == OpenMode::read && has_other_names(path))
    note("", path + " has another name, a hard link; it is only read");
  return registry;
}

const std::string& Context::output_path(const std::string& path) const {
  std::string name = path;  // of a folder, perhaps, that is yet to be made
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  if (is_file_of_registry(registry_path(), name)) {
    throw Error(ErrorKind::conflict, path + ": is the registry itself; choose another name");
  }
  if (is_file_of_a_registry(name)) {
    throw Error(ErrorKind::conflict, path + ": is a registry, or belongs to one; choose another name");
  }
  return path;
}

void Context::look_back(Read& read, const std::optional<DayWord>& as_of,
                        const std::optional<DayWord>& as_recorded, Erased erased) const {
  const PastDays days{past_day("--as-of", as_of, today()), past_day("--as-recorded", as_recorded, today())};
  if (days.as_of || days.as_recorded) covenant::look_back(read, days, erased);
}

void demand_other_file(std::string_view option, const std::string& output, const std::string& input) {
  std::error_code error;  // what does not exist is not the file that is read
  const std::string read = input == "-" ? "/dev/stdin" : input;
  if (std::filesystem::is_regular_file(output, error) && std::filesystem::equivalent(read, output, error)) {
    throw Error(ErrorKind::usage,
                fmt::format("{}: {} is also the input; choose another name", option, output));
  }
}

}  // namespace covenant
