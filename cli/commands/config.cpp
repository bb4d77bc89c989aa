#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/formats/text_table.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

/// What is found before any setting: the registry, the settings file and the actor.
constexpr std::array<std::string_view, 3> first_names = {"registry", "settings", "actor"};

std::vector<std::pair<std::string, Sourced>> in_force(Context& context) {
  const Sourced no_file{"-", "no file; write " + settings_places(context.env()).front()};
  std::vector<std::pair<std::string, Sourced>> all = {{"registry", context.registry_place()},
                                                      {"settings", context.settings().file.value_or(no_file)},
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

/// How wide the table of settings is.
std::size_t width_of(const std::vector<std::pair<std::string, Sourced>>& settings) {
  constexpr std::size_t gaps = 4;
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  std::size_t origin_width = 0;
  for (const auto& [name, setting] : settings) {
    name_width = std::max(name_width, name.size());
    value_width = std::max(value_width, display_width(for_terminal(setting.value)));
    origin_width = std::max(origin_width, display_width(for_terminal(setting.origin)));
  }
  return name_width + value_width + origin_width + gaps;
}

/// For a narrow terminal: the value and its origin below each name, broken at their blanks.
void show_below(Context& context, const std::vector<std::pair<std::string, Sourced>>& settings,
                std::size_t width) {
  constexpr std::size_t indent = 2;
  constexpr std::size_t narrowest = 20;
  const std::size_t room = std::max(narrowest, width - std::min(width, indent));
  for (const auto& [name, setting] : settings) {
    context.out().write(name + "\n");
    for (const std::string& text : {setting.value, "(" + setting.origin + ")"}) {
      for (const std::string& line : wrapped(for_terminal(text), room))
        context.out().write(fmt::format("{:{}}{}\n", "", indent, line));
    }
  }
}

void show(Context& context, const std::vector<std::pair<std::string, Sourced>>& settings) {
  const std::size_t width = context.table_look().width;
  constexpr std::size_t narrow = 60;  // from there on only long paths are wider, and they are copied whole
  if (width > 0 && width < narrow && width_of(settings) > width) return show_below(context, settings, width);
  // Nothing is clipped: a path is there to be copied.
  const TableLook look{.color = context.table_look().color, .header = Header::hidden};
  TextTable table({{"setting"}, {"value"}, {"origin"}}, {}, context.out(), look);
  for (const auto& [name, setting] : settings) table.row({name, setting.value, setting.origin});
  table.finish();
}

/// The settings of a table, by its name.
bool is_of(const std::string& name, const std::string& table) {
  return name.starts_with(table + ".");
}

void show_one(Context& context, const std::string& key) {
  std::vector<std::pair<std::string, Sourced>> of_table;
  for (auto& [name, setting] : in_force(context)) {
    if (name == key && (name != "settings" || context.settings().file)) {
      context.out().write(for_terminal(setting.value) + "\n");
      return;
    }
    if (is_of(name, key)) of_table.emplace_back(name, setting);
  }
  if (of_table.empty()) return context.say(fmt::format("{} is not set.", key));
  show(context, of_table);
}

void demand_known(const std::string& key) {
  const std::vector<std::string> known = names();
  const auto is_meant = [&](const std::string& name) { return name == key || is_of(name, key); };
  if (std::any_of(known.begin(), known.end(), is_meant)) return;
  const auto near = nearest(key, {known.begin(), known.end()});
  throw Error(ErrorKind::usage,
              fmt::format("KEY: {} is not a setting; {}", in_quotes(key),
                          near ? fmt::format("did you mean '{}'?", *near) : "see covenant.toml(5)"));
}

ExitCode config(Context& context, const std::optional<std::string>& key) {
  if (key) {
    demand_known(*key);
    show_one(context, *key);
    return ExitCode::done;
  }
  show(context, in_force(context));
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto key = std::make_shared<std::optional<std::string>>();
  flags.argument("KEY", *key, "setting or table to print, such as 'site.home' or 'site'");
  flags.offer("KEY", names());
  return [key](Context& context) { return config(context, *key); };
}

}  // namespace

Command config_command() {
  return {"config", CommandGroup::set_up, "show the settings and where each comes from", declare};
}

}  // namespace covenant
