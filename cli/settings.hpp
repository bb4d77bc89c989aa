#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/env.hpp"
#include "core/base/result.hpp"
#include "core/letters/office.hpp"
#include "core/model/language.hpp"
#include "core/model/policy.hpp"
#include "core/model/time_zone.hpp"
#include "core/model/web_url.hpp"
#include "core/site/page.hpp"
#include "core/store/due_list.hpp"

namespace covenant {

/// A number of days that a calendar can take.
struct DayCount {
  std::chrono::days days{0};

  /// Reads a number from 0 to 36500. Fails with `number`.
  static Result<DayCount> parse(std::string_view text);
};

/// A value, and what says so, as people read it: "settings, line 4".
struct Sourced {
  std::string value;
  std::string origin;
};

/// What the settings file says. Source: covenant.toml(5).
struct Settings {
  std::optional<Sourced> file;                   ///< its path; nothing: there is none
  std::map<std::string, std::uint64_t> lines{};  ///< of the keys that the file has
  std::optional<std::string> registry;           ///< relative to the current folder
  std::optional<std::string> actor;
  std::optional<TimeZone> timezone;  ///< of the office; nothing: UTC
  Office office;                     ///< as its letters name it
  Policies policies;                 ///< what they demand beyond the registry
  DueTerms due;                      ///< after how many days something is due
  std::optional<std::string> trust;  ///< path of the certificates by which signatures are judged
  std::optional<std::string> site_name;
  std::map<OfficialLanguage, std::string> site_names;  ///< where they differ by language
  std::optional<WebUrl> base_url;
  std::vector<OfficialLanguage> languages;  ///< of the site; none: all of them
  KosovoName kosovo = KosovoName::plain;    ///< on its pages
  SiteLinks links;
};

/// The names of the settings that can be set.
std::vector<std::string> setting_names();

/// Every setting with a value in force, in their order; of `registry` and `actor` nothing, since others may
/// say what they are.
std::vector<std::pair<std::string, Sourced>> settings_in_force(const Settings& settings);

/// "settings, line 4", or `otherwise` when the file does not have that key.
std::string origin_of(const Settings& settings, const std::string& key, std::string_view otherwise);

/// Where settings are looked for when no file is named, the first that exists.
std::vector<std::string> settings_places(const Env& env);

/// Reads `chosen`, else $COVENANT_CONFIG, else the user's file, else the system's; with no file there are
/// none.
/// @throws TomlError{usage} on an unknown key or a wrong type, Error{file} when a file that was asked for
/// cannot be read.
Settings read_settings(const std::optional<std::string>& chosen, const Env& env);

}  // namespace covenant
