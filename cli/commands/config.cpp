#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/formats/text_table.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

/// What is found before any setting: the registry, the settings file and the actor.
constexpr std::array<std::string_view, 3> first_names = {"registry", "settings", "actor"};

std::vector<std::pair<std::string, Sourced>> in_force(Context& context) {
  std::vector<std::pair<std::string, Sourced>> all = {
      {"registry", context.registry_place()},
      {"settings", context.settings().file.value_or(Sourced{"-", "no file"})},
      {"actor", context.actor()}};
  for (auto& setting : settings_in_force(context.settings())) all.push_back(std::move(setting));
  return all;
}

std::vector<std::string> names() {
  std::vector<std::string> all(first_names.begin(), first_names.end());
  for (std::string& name : setting_names()) {
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(std::move(name));
  }
  return all;
}

void show_one(Context& context, const std::string& key) {
  for (const auto& [name, setting] : in_force(context)) {
    if (name == key && setting.origin != "no file") {
      context.out().write(for_terminal(setting.value) + "\n");
      return;
    }
  }
  context.say(fmt::format("{} is not set.", key));
}

void demand_known(const std::string& key) {
  const std::vector<std::string> known = names();
  if (std::find(known.begin(), known.end(), key) != known.end()) return;
  const auto near = nearest(key, {known.begin(), known.end()});
  throw Error(ErrorKind::usage,
              fmt::format("KEY: '{}' is not a setting; {}", key,
                          near ? fmt::format("did you mean '{}'?", *near) : "see covenant.toml(5)"));
}

ExitCode config(Context& context, const std::optional<std::string>& key) {
  if (key) {
    demand_known(*key);
    show_one(context, *key);
    return ExitCode::done;
  }
  // Nothing is clipped: a path is there to be copied.
  const TableLook look{.color = context.table_look().color, .header = Header::hidden};
  TextTable table({{"setting"}, {"value"}, {"origin"}}, {}, context.out(), look);
  for (const auto& [name, setting] : in_force(context)) table.row({name, setting.value, setting.origin});
  table.finish();
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto key = std::make_shared<std::optional<std::string>>();
  flags.argument("KEY", *key, "setting to print, such as 'site.home'");
  flags.offer("KEY", names());
  return [key](Context& context) { return config(context, *key); };
}

}  // namespace

Command config_command() {
  return {"config", CommandGroup::set_up, "show the settings and where each comes from", declare};
}

}  // namespace covenant
