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
#include "core/model/phone.hpp"
#include "core/model/text.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

using Member =
    std::variant<std::optional<std::string> Settings::*, std::optional<WebUrl> Settings::*,
                 std::optional<TimeZone> Settings::*, Policies Settings::*, DueTerms Settings::*,
                 std::vector<OfficialLanguage> Settings::*, KosovoName Settings::*,
                 std::map<OfficialLanguage, std::string> Settings::*, std::optional<LanguageUrl> SiteLinks::*,
                 std::optional<std::string> Office::*, std::optional<Email> Office::*>;

struct Key {
  std::string_view name;
  Member member;
};

constexpr std::array<Key, 29> keys = {{
    {"registry", &Settings::registry},
    {"actor", &Settings::actor},
    {"office.timezone", &Settings::timezone},
    {"office.name", &Office::name},
    {"office.email", &Office::email},
    {"office.address", &Office::address},
    {"office.phone", &Office::phone},
    {"policy.four_eyes", &Settings::policies},
    {"policy.commitment", &Settings::policies},
    {"due.commitment", &Settings::due},
    {"due.renewal", &Settings::due},
    {"due.practices", &Settings::due},
    {"due.retention", &Settings::due},
    {"signatures.trust", &Settings::trust},
    {"site.name", &Settings::site_name},
    {"site.name.", &Settings::site_names},  // and the code of a language
    {"site.base_url", &Settings::base_url},
    {"site.languages", &Settings::languages},
    {"site.kosovo_note", &Settings::kosovo},
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

[[noreturn]] void refuse_key(const TomlFile& file, const TomlEntry& entry, const std::string& why) {
  file.refuse(ErrorKind::usage, {entry.line, entry.key_column}, why);
}

[[noreturn]] void refuse(const TomlFile& file, const TomlEntry& entry, const std::string& why) {
  file.refuse(ErrorKind::usage, {entry.line, entry.column}, why);
}

/// The term of "due.renewal" and the like.
std::chrono::days DueTerms::*term_of(std::string_view key) {
  if (key == "due.commitment") return &DueTerms::commitment;
  if (key == "due.renewal") return &DueTerms::renewal;
  if (key == "due.practices") return &DueTerms::practices;
  return &DueTerms::retention;
}

/// What is written for a text.
std::string_view noun_of(std::string_view key) {
  if (key == "registry" || key == "signatures.trust") return "the name of a file";
  if (key == "office.address") return "an address";
  if (key == "office.phone") return "a telephone number";
  return "a name";
}

/// The value of a key; `settings` may be constant.
template <class S, class T>
auto& setting_at(S& settings, T Settings::*member) {
  return settings.*member;
}
template <class S, class T>
auto& setting_at(S& settings, T SiteLinks::*member) {
  return settings.links.*member;
}
template <class S, class T>
auto& setting_at(S& settings, T Office::*member) {
  return settings.office.*member;
}

/// A table without keys sets nothing, but must be one of those that exist.
void demand_known_table(const TomlFile& file, const TomlEntry& entry) {
  std::vector<std::string_view> tables;
  for (const Key& key : keys) {
    const std::size_t dot = key.name.rfind('.');
    if (dot == std::string_view::npos) continue;
    if (key.name.substr(0, dot) == entry.key) return;
    tables.push_back(key.name.substr(0, dot));
  }
  const auto near = nearest(entry.key, tables);
  refuse(file, entry,
         "unknown table " + in_quotes(fmt::format("[{}]", entry.key)) +
             (near ? "; did you mean '[" + std::string(*near) + "]'?" : "; see covenant.toml(5)"));
}

const Key& key_of(const TomlFile& file, const TomlEntry& entry) {
  std::vector<std::string_view> names;
  for (const Key& key : keys) {
    if (key.name == entry.key || (key.name.ends_with('.') && entry.key.starts_with(key.name))) return key;
    if (!key.name.ends_with('.')) names.push_back(key.name);
  }
  const auto near = nearest(entry.key, names);
  refuse_key(file, entry,
             "unknown setting " + in_quotes(entry.key) +
                 (near ? "; did you mean '" + std::string(*near) + "'?" : "; see covenant.toml(5)"));
}

/// Reads the value of a key by the type of its member.
class ValueReader {
 public:
  ValueReader(const TomlFile& file, const TomlEntry& entry, const Env& env)
      : file_(file), entry_(entry), env_(env) {}

  void read(std::optional<std::string>& value) const {
    constexpr TextRule rule{1, 4096, Lines::one};
    const bool is_file = entry_.key == "registry" || entry_.key == "signatures.trust";
    std::string parsed = checked(parse_text(text(noun_of(entry_.key)), rule));
    // It is kept as it was written, for people.
    if (entry_.key == "office.phone") static_cast<void>(checked(Phone::parse(parsed)));
    value = is_file ? from_here(parsed) : parsed;
  }

  void read(std::map<OfficialLanguage, std::string>& value) const {
    const auto language = parse_code<OfficialLanguage>(entry_.key.substr(entry_.key.rfind('.') + 1));
    if (!language) refuse_key(file_, entry_, entry_.key + ": " + language.problem().message);
    std::optional<std::string> name;
    read(name);
    value[*language] = *std::move(name);
  }

  void read(std::optional<Email>& value) const { value = checked(Email::parse(text("an e-mail address"))); }
  void read(std::optional<WebUrl>& value) const { value = checked(WebUrl::parse(text("a URL"))); }
  void read(std::optional<LanguageUrl>& value) const { value = checked(LanguageUrl::parse(text("a URL"))); }

  void read(std::optional<TimeZone>& value) const {
    value = checked(TimeZone::parse(text("the name of a time zone")));
  }

  void read(Policies& policies) const {
    if (entry_.key == "policy.commitment")
      return policies.set(checked(PolicyValue::parse(Policy::commitment, text("a policy"))));
    policies.set(checked(PolicyValue::parse(Policy::four_eyes, is_true() ? "on" : "off")));
  }

  void read(KosovoName& kosovo) const { kosovo = is_true() ? KosovoName::with_footnote : KosovoName::plain; }

  void read(DueTerms& terms) const {
    if (entry_.kind != TomlKind::integer) refuse_kind("a number of days");
    terms.*term_of(entry_.key) = checked(DayCount::parse(entry_.text)).days;
  }

  void read(std::vector<OfficialLanguage>& value) const {
    if (!entry_.no_text.empty())
      refuse(file_, entry_,
             fmt::format("{}: {} is not a text; put it in quotes", entry_.key, in_brief(entry_.no_text)));
    if (entry_.kind != TomlKind::list || entry_.items.empty()) refuse_kind("a list of languages");
    for (const std::string& item : entry_.items) value.push_back(checked(parse_code<OfficialLanguage>(item)));
  }

 private:
  template <class T>
  T checked(Result<T> parsed) const {
    if (!parsed) refuse(file_, entry_, entry_.key + ": " + parsed.problem().message);
    return *std::move(parsed);
  }

  [[noreturn]] void refuse_kind(std::string_view needed) const {
    const std::string shown =
        entry_.kind == TomlKind::text ? in_quotes(entry_.text) : in_brief(entry_.written);
    refuse(file_, entry_, fmt::format("{}: {} must be {}", entry_.key, shown, needed));
  }

  bool is_true() const {
    if (entry_.kind != TomlKind::boolean) refuse_kind("true or false");
    return entry_.text == "true";
  }

  const std::string& text(std::string_view noun) const {
    if (entry_.kind != TomlKind::text) refuse_kind("a text in quotes");
    if (entry_.text.empty())
      refuse(file_, entry_, fmt::format("{}: '' is empty; write {}", entry_.key, noun));
    return entry_.text;
  }

  /// A path in the settings is relative to their folder, or with "~/" to the user's.
  std::string from_here(const std::string& path) const {
    if (path.starts_with("~/")) {
      const auto home = env_.variable("HOME");
      if (!home)
        refuse(file_, entry_, fmt::format("{}: '{}' needs $HOME, which is not set", entry_.key, path));
      return *home + path.substr(1);
    }
    const std::size_t folder = file_.path.rfind('/');
    if (path.starts_with('/') || folder == std::string::npos) return path;
    return file_.path.substr(0, folder + 1) + path;
  }

  const TomlFile& file_;
  const TomlEntry& entry_;
  const Env& env_;
};

void set(Settings& settings, const TomlFile& file, const TomlEntry& entry, const Env& env) {
  if (entry.kind == TomlKind::empty_table) return demand_known_table(file, entry);
  const ValueReader reader(file, entry, env);
  const auto read = [&](auto member) { reader.read(setting_at(settings, member)); };
  std::visit(read, key_of(file, entry).member);
  settings.lines[entry.key] = entry.line;
}

/// Collects what is in force, each with where it comes from.
class InForce {
 public:
  explicit InForce(const Settings& settings) : settings_(settings) {}

  void add(std::string_view key, const std::optional<std::string>& text) {
    const bool is_last_word = key != "registry" && key != "actor";
    if (text && is_last_word) add_value(std::string(key), *text);
  }
  void add(std::string_view key, const std::optional<TimeZone>& zone) {
    add_value(std::string(key), zone ? zone->str() : "UTC");
  }
  void add(std::string_view key, const Policies& policies) {
    const bool is_switch = key == "policy.four_eyes";
    const PolicyValue& value = policies.of(is_switch ? Policy::four_eyes : Policy::commitment);
    add_value(std::string(key),
              is_switch ? (value.is_weakest() ? "false" : "true") : std::string(value.str()));
  }
  void add(std::string_view key, const DueTerms& terms) {
    add_value(std::string(key), std::to_string((terms.*term_of(key)).count()));
  }
  void add(std::string_view key, const KosovoName& kosovo) {
    add_value(std::string(key), kosovo == KosovoName::with_footnote ? "true" : "false");
  }
  void add(std::string_view key, const std::vector<OfficialLanguage>& languages) {
    std::vector<std::string_view> codes;
    codes.reserve(languages.size());
    for (const OfficialLanguage language : languages) codes.push_back(code_of(language));
    add_value(std::string(key), codes.empty() ? "all" : fmt::format("{}", fmt::join(codes, ", ")));
  }
  void add(std::string_view key, const std::map<OfficialLanguage, std::string>& names) {
    for (const auto& [language, name] : names) add_value(std::string(key).append(code_of(language)), name);
  }
  template <class Url>
  void add(std::string_view key, const std::optional<Url>& url) {
    if (url) add_value(std::string(key), url->str());
  }

  std::vector<std::pair<std::string, Sourced>> finish() { return std::move(all_); }

 private:
  void add_value(const std::string& key, std::string value) {
    all_.emplace_back(key, Sourced{std::move(value), origin_of(settings_, key, "default")});
  }

  const Settings& settings_;
  std::vector<std::pair<std::string, Sourced>> all_;
};

std::optional<Sourced> settings_file(const std::optional<std::string>& chosen, const Env& env) {
  if (chosen) return Sourced{*chosen, "--config"};
  if (auto path = env.variable("COVENANT_CONFIG")) return Sourced{*path, "$COVENANT_CONFIG"};
  for (const std::string& path : settings_places(env)) {
    if (::access(path.c_str(), F_OK) == 0) return Sourced{path, "default place"};
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

std::vector<std::string> settings_places(const Env& env) {
  std::vector<std::string> places;
  if (const auto folder = env.variable("XDG_CONFIG_HOME")) {
    places.push_back(*folder + "/covenant/config.toml");
  } else if (const auto home = env.variable("HOME")) {
    places.push_back(*home + "/.config/covenant/config.toml");
  }
  places.emplace_back("/etc/covenant/config.toml");
  return places;
}

std::vector<std::string> setting_names() {
  std::vector<std::string> names;
  for (const Key& key : keys) {
    if (!key.name.ends_with('.')) {
      names.emplace_back(key.name);
      continue;
    }
    for (const std::string_view language : Codes<OfficialLanguage>::codes)
      names.push_back(std::string(key.name).append(language));
  }
  return names;
}

std::string origin_of(const Settings& settings, const std::string& key, std::string_view otherwise) {
  const auto found = settings.lines.find(key);
  return found == settings.lines.end() ? std::string(otherwise)
                                       : fmt::format("settings, line {}", found->second);
}

std::vector<std::pair<std::string, Sourced>> settings_in_force(const Settings& settings) {
  InForce all(settings);
  for (const Key& key : keys) {
    const auto add = [&](auto member) { all.add(key.name, setting_at(settings, member)); };
    std::visit(add, key.member);
  }
  return all.finish();
}

Settings read_settings(const std::optional<std::string>& chosen, const Env& env) {
  Settings settings;
  settings.file = settings_file(chosen, env);
  if (!settings.file) return settings;
  const TomlFile file = read_toml(settings.file->value, ErrorKind::usage);
  for (const TomlEntry& entry : file.entries) set(settings, file, entry, env);
  return settings;
}

}  // namespace covenant
