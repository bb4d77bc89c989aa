#include "cli/settings.hpp"

#include <unistd.h>

#include <array>
#include <string_view>
#include <vector>

#include "cli/toml_file.hpp"
#include "core/base/error.hpp"
#include "core/model/web_url.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

enum class Kind { text, url, switch_, languages };

struct Key {
  std::string_view name;
  Kind kind;
  std::optional<std::string> Settings::*text;
};

constexpr std::array<Key, 11> keys = {{
    {"registry", Kind::text, &Settings::registry},
    {"actor", Kind::text, &Settings::actor},
    {"policy.four_eyes", Kind::switch_, nullptr},
    {"site.name", Kind::text, &Settings::site_name},
    {"site.base_url", Kind::url, &Settings::base_url},
    {"site.languages", Kind::languages, nullptr},
    {"site.legal_notice", Kind::url, &Settings::legal_notice},
    {"site.newsletter", Kind::url, &Settings::newsletter},
    {"site.rss_help", Kind::url, &Settings::rss_help},
    {"site.contact", Kind::url, &Settings::contact},
    {"site.licence", Kind::url, &Settings::licence},
}};

[[noreturn]] void refuse_at(const std::string& path, const TomlEntry& entry, std::uint64_t column,
                            const std::string& why) {
  throw Error(ErrorKind::usage,
              path + ":" + std::to_string(entry.line) + ": column " + std::to_string(column) + ": " + why);
}

[[noreturn]] void refuse(const std::string& path, const TomlEntry& entry, const std::string& why) {
  refuse_at(path, entry, entry.column, why);
}

const Key& key_of(const std::string& path, const TomlEntry& entry) {
  std::vector<std::string_view> names;
  for (const Key& key : keys) {
    if (key.name == entry.key) return key;
    names.push_back(key.name);
  }
  const auto near = nearest(entry.key, names);
  refuse_at(path, entry, entry.key_column,
            "unknown setting '" + for_terminal(entry.key) + "'" +
                (near ? "; did you mean '" + std::string(*near) + "'?" : "; covenant.toml(5) has the keys"));
}

void set_languages(Settings& settings, const std::string& path, const TomlEntry& entry) {
  if (entry.kind != TomlKind::list || entry.items.empty()) {
    refuse(path, entry, "'" + entry.key + "' is a list of languages");
  }
  for (const std::string& item : entry.items) {
    const auto language = parse_code<OfficialLanguage>(item);
    if (!language) refuse(path, entry, "'" + entry.key + "': " + language.problem().message);
    settings.languages.push_back(*language);
  }
}

void set(Settings& settings, const std::string& path, const TomlEntry& entry) {
  const Key& key = key_of(path, entry);
  if (key.kind == Kind::switch_) {
    if (entry.kind != TomlKind::boolean) refuse(path, entry, "'" + entry.key + "' is true or false");
    settings.four_eyes = entry.text == "true" ? FourEyes::required : FourEyes::not_required;
    return;
  }
  if (key.kind == Kind::languages) return set_languages(settings, path, entry);
  if (entry.kind != TomlKind::text || entry.text.empty())
    refuse(path, entry, "'" + entry.key + "' is a text");
  if (key.kind == Kind::url) {
    const auto url = WebUrl::parse(entry.text);
    if (!url) refuse(path, entry, "'" + entry.key + "': " + url.problem().message);
  }
  settings.*key.text = entry.text;
}

std::optional<std::string> settings_file(const std::optional<std::string>& chosen, const Env& env) {
  if (chosen) return chosen;
  if (auto path = env.variable("COVENANT_CONFIG")) return path;
  std::vector<std::string> usual;
  if (const auto folder = env.variable("XDG_CONFIG_HOME")) {
    usual.push_back(*folder + "/covenant/config.toml");
  } else if (const auto home = env.variable("HOME")) {
    usual.push_back(*home + "/.config/covenant/config.toml");
  }
  usual.emplace_back("/etc/covenant/config.toml");
  for (const std::string& path : usual) {
    if (::access(path.c_str(), F_OK) == 0) return path;
  }
  return std::nullopt;
}

}  // namespace

Settings read_settings(const std::optional<std::string>& chosen, const Env& env) {
  Settings settings;
  if (const auto path = settings_file(chosen, env)) {
    for (const TomlEntry& entry : read_toml(*path, ErrorKind::usage)) set(settings, *path, entry);
  }
  return settings;
}

}  // namespace covenant
