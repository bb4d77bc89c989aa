#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/env.hpp"
#include "core/model/language.hpp"
#include "core/model/policy.hpp"
#include "core/model/time_zone.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// What the settings file says. Source: covenant.toml(5).
struct Settings {
  std::optional<std::string> registry;
  std::optional<std::string> actor;
  std::optional<TimeZone> timezone;  ///< of the office; nothing: UTC
  Policies policies;                 ///< what they demand beyond the registry
  std::optional<std::string> site_name;
  std::optional<WebUrl> base_url;
  std::vector<OfficialLanguage> languages;  ///< of the site; none: all of them
  std::optional<WebUrl> legal_notice;
  std::optional<WebUrl> newsletter;
  std::optional<WebUrl> rss_help;
  std::optional<WebUrl> contact;
  std::optional<WebUrl> licence;
};

/// Reads `chosen`, else $COVENANT_CONFIG, else the user's file, else the system's; with no file there are
/// none.
/// @throws Error{usage} with file, line and column on an unknown key or a wrong type, Error{file} when a file
/// that was asked for cannot be read.
Settings read_settings(const std::optional<std::string>& chosen, const Env& env);

}  // namespace covenant
