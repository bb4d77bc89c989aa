#include "cli/settings.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "cli/flags.hpp"
#include "cli/toml_file.hpp"
#include "core/base/error.hpp"
#include "core/model/text.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

using Member = std::variant<std::optional<std::string> Settings::*, std::optional<WebUrl> Settings::*,
                            std::optional<TimeZone> Settings::*, Policies Settings::*, DueTerms Settings::*,
                            std::vector<OfficialLanguage> Settings::*,
                            std::map<OfficialLanguage, std::string> Settings::*,
                            std::optional<LanguageUrl> SiteLinks::*>;

struct Key {
  std::string_view name;
  Member member;
};

constexpr std::array<Key, 23> keys = {{
    {"registry", &Settings::registry},
    {"actor", &Settings::actor},
    {"office.timezone", &Settings::timezone},
    {"policy.four_eyes", &Settings::policies},
    {"policy.commitment", &Settings::policies},
    {"due.commitment", &Settings::due},
    {"due.renewal", &Settings::due},
    {"due.practices", &Settings::due},
    {"due.retention", &Settings::due},
    {"site.name", &Settings::site_name},
    {"site.name.", &Settings::site_names},  // and the code of a language
    {"site.base_url", &Settings::base_url},
    {"site.languages", &Settings::languages},
    {"site.home", &SiteLinks::home},
    {"site.join", &SiteLinks::join},
    {"site.contact", &SiteLinks::contact},
    {"site.newsletter", &SiteLinks::newsletter},
    {"site.rss_help", &SiteLinks::rss_help},
    {"site.licence", &SiteLinks::licence},
    {"site.accessibility", &SiteLinks::accessibility},
    {"site.privacy", &SiteLinks::privacy},
    {"site.legal_notice", &SiteLinks::legal_notice},
    {"site.sitemap", &SiteLinks::sitemap},
}};

[[noreturn]] void refuse_at(const std::string& path, const TomlEntry& entry, std::uint64_t column,
                            const std::string& why) {
  throw Error(ErrorKind::usage,
              path + ":" + std::to_string(entry.line) + ":" + std::to_string(column) + ": " + why);
}

[[noreturn]] void refuse(const std::string& path, const TomlEntry& entry, const std::string& why) {
  refuse_at(path, entry, entry.column, why);
}

/// A table without keys sets nothing, but must be one of those that exist.
void demand_known_table(const std::string& path, const TomlEntry& entry) {
  std::vector<std::string_view> tables;
  for (const Key& key : keys) {
    const std::size_t dot = key.name.rfind('.');
    if (dot == std::string_view::npos) continue;
    if (key.name.substr(0, dot) == entry.key) return;
    tables.push_back(key.name.substr(0, dot));
  }
  const auto near = nearest(entry.key, tables);
  refuse(path, entry,
         "unknown table '[" + for_terminal(entry.key) + "]'" +
             (near ? "; did you mean '[" + std::string(*near) + "]'?" : "; see covenant.toml(5)"));
}

const Key& key_of(const std::string& path, const TomlEntry& entry) {
  std::vector<std::string_view> names;
  for (const Key& key : keys) {
    if (key.name == entry.key || (key.name.ends_with('.') && entry.key.starts_with(key.name))) return key;
    if (!key.name.ends_with('.')) names.push_back(key.name);
  }
  const auto near = nearest(entry.key, names);
  refuse_at(path, entry, entry.key_column,
            "unknown setting '" + for_terminal(entry.key) + "'" +
                (near ? "; did you mean '" + std::string(*near) + "'?" : "; see covenant.toml(5)"));
}

/// Reads the value of a key by the type of its member.
class ValueReader {
 public:
  ValueReader(const std::string& path, const TomlEntry& entry) : path_(path), entry_(entry) {}

  void read(std::optional<std::string>& value) const {
    constexpr TextRule rule{1, 4096, Lines::one};
    auto parsed = parse_text(text(), rule);
    if (!parsed) refuse(path_, entry_, entry_.key + ": " + parsed.problem().message);
    value = *std::move(parsed);
  }

  void read(std::map<OfficialLanguage, std::string>& value) const {
    const auto language = parse_code<OfficialLanguage>(entry_.key.substr(entry_.key.rfind('.') + 1));
    if (!language)
      refuse_at(path_, entry_, entry_.key_column, entry_.key + ": " + language.problem().message);
    std::optional<std::string> name;
    read(name);
    value[*language] = *std::move(name);
  }

  void read(std::optional<WebUrl>& value) const { read_url(value); }
  void read(std::optional<LanguageUrl>& value) const { read_url(value); }

  void read(std::optional<TimeZone>& value) const {
    auto zone = TimeZone::parse(text());
    if (!zone) refuse(path_, entry_, entry_.key + ": " + zone.problem().message);
    value = *std::move(zone);
  }

  void read(Policies& policies) const {
    const bool is_switch = entry_.key == "policy.four_eyes";
    if (is_switch && entry_.kind != TomlKind::boolean)
      refuse(path_, entry_, entry_.key + ": must be true or false");
    const auto value = is_switch ? PolicyValue::parse(Policy::four_eyes, entry_.text == "true" ? "on" : "off")
                                 : PolicyValue::parse(Policy::commitment, text());
    if (!value) refuse(path_, entry_, entry_.key + ": " + value.problem().message);
    policies.set(*value);
  }

  void read(DueTerms& terms) const {
    if (entry_.kind != TomlKind::integer) refuse(path_, entry_, entry_.key + ": must be a number of days");
    const auto count = DayCount::parse(entry_.text);
    if (!count) refuse(path_, entry_, entry_.key + ": " + count.problem().message);
    term_of(terms) = count->days;
  }

  void read(std::vector<OfficialLanguage>& value) const {
    if (entry_.kind != TomlKind::list || entry_.items.empty())
      refuse(path_, entry_, entry_.key + ": must be a list of languages");
    for (const std::string& item : entry_.items) {
      const auto language = parse_code<OfficialLanguage>(item);
      if (!language) refuse(path_, entry_, entry_.key + ": " + language.problem().message);
      value.push_back(*language);
    }
  }

 private:
  template <class Url>
  void read_url(std::optional<Url>& value) const {
    auto url = Url::parse(text());
    if (!url) refuse(path_, entry_, entry_.key + ": " + url.problem().message);
    value = *std::move(url);
  }

  std::chrono::days& term_of(DueTerms& terms) const {
    if (entry_.key == "due.commitment") return terms.commitment;
    if (entry_.key == "due.renewal") return terms.renewal;
    if (entry_.key == "due.practices") return terms.practices;
    return terms.retention;
  }

  const std::string& text() const {
    if (entry_.kind != TomlKind::text) refuse(path_, entry_, entry_.key + ": must be a text in quotes");
    if (entry_.text.empty()) refuse(path_, entry_, entry_.key + ": '' is empty; write a text");
    return entry_.text;
  }

  const std::string& path_;
  const TomlEntry& entry_;
};

void set(Settings& settings, const std::string& path, const TomlEntry& entry) {
  if (entry.kind == TomlKind::empty_table) return demand_known_table(path, entry);
  const ValueReader reader(path, entry);
  const auto read = [&](auto member) {
    if constexpr (std::is_same_v<decltype(member), std::optional<LanguageUrl> SiteLinks::*>) {
      reader.read(settings.links.*member);
    } else {
      reader.read(settings.*member);
    }
  };
  std::visit(read, key_of(path, entry).member);
}

std::optional<std::string> settings_file(const std::optional<std::string>& chosen, const Env& env) {
  if (chosen) return chosen;
  if (auto path = env.variable("COVENANT_CONFIG")) return path;
  std::vector<std::string> places;
  if (const auto folder = env.variable("XDG_CONFIG_HOME")) {
    places.push_back(*folder + "/covenant/config.toml");
  } else if (const auto home = env.variable("HOME")) {
    places.push_back(*home + "/.config/covenant/config.toml");
  }
  places.emplace_back("/etc/covenant/config.toml");
  for (const std::string& path : places) {
    if (::access(path.c_str(), F_OK) == 0) return path;
  }
  return std::nullopt;
}

}  // namespace

Result<DayCount> DayCount::parse(std::string_view text) {
  constexpr std::uint64_t most = 36500;
  const auto number = parse_count(text);
  if (!number) return number.problem();
  if (*number > most)
    return Problem::of(ProblemCode::number, text, fmt::format("{} is too large; at most {}", *number, most));
  return DayCount{std::chrono::days(*number)};
}

Settings read_settings(const std::optional<std::string>& chosen, const Env& env) {
  Settings settings;
  if (const auto path = settings_file(chosen, env)) {
    for (const TomlEntry& entry : read_toml(*path, ErrorKind::usage)) set(settings, *path, entry);
  }
  return settings;
}

}  // namespace covenant
