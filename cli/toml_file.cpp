#include "cli/toml_file.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <toml.hpp>
#include <tuple>

#include "core/base/read_file.hpp"

namespace covenant {

namespace {

std::string date_text(const toml::value& value) {
  std::ostringstream text;
  text << value.as_local_date();
  return text.str();
}

/// The library tells where a value stands; its key stands before it on the same line.
std::uint64_t key_column(const std::string& key, const toml::source_location& value) {
  const std::string& line = value.line_str();
  std::size_t begin = line.rfind(key.substr(key.rfind('.') + 1), value.column() - 1);
  if (begin == std::string::npos) return value.column();
  const auto is_key_character = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.\"'").find(c) != std::string_view::npos;
  };
  while (begin > 0 && is_key_character(line[begin - 1])) --begin;
  return begin + 1;
}

TomlEntry entry_of(const std::string& key, const toml::value& value) {
  const toml::source_location place = value.location();
  TomlEntry entry{key, TomlKind::other, "", {}, place.line(), key_column(key, place), place.column()};
  switch (value.type()) {
    case toml::value_t::string:
      entry.kind = TomlKind::text;
      entry.text = value.as_string().str;
      break;
    case toml::value_t::integer:
      entry.kind = TomlKind::integer;
      entry.text = std::to_string(value.as_integer());
      break;
    case toml::value_t::boolean:
      entry.kind = TomlKind::boolean;
      entry.text = value.as_boolean() ? "true" : "false";
      break;
    case toml::value_t::local_date:
      entry.kind = TomlKind::date;
      entry.text = date_text(value);
      break;
    case toml::value_t::array: {
      const auto& items = value.as_array();
      if (!std::all_of(items.begin(), items.end(), [](const toml::value& item) { return item.is_string(); }))
        break;
      entry.kind = TomlKind::list;
      for (const toml::value& item : items) entry.items.push_back(item.as_string().str);
      break;
    }
    default:
      break;
  }
  return entry;
}

void gather(const toml::value& table, const std::string& prefix, std::vector<TomlEntry>& entries) {
  for (const auto& [name, value] : table.as_table()) {
    if (value.is_table()) {
      gather(value, prefix + name + ".", entries);
    } else {
      entries.push_back(entry_of(prefix + name, value));
    }
  }
}

/// The library's message has several lines with a picture; the first says what is wrong.
std::string first_line(const std::string& message) {
  std::string line = message.substr(0, message.find('\n'));
  if (line.starts_with("[error] ")) line.erase(0, 8);
  if (line.starts_with("toml::")) line.erase(0, 6);
  return line;
}

}  // namespace

std::vector<TomlEntry> read_toml(const std::string& path, ErrorKind malformed) {
  constexpr std::uint64_t largest = 4ULL * 1024 * 1024;
  std::istringstream text(read_file(path, largest));
  std::vector<TomlEntry> entries;
  try {
    gather(toml::parse(text, path), "", entries);
  } catch (const toml::exception& error) {
    const toml::source_location& place = error.location();
    throw Error(malformed, path + ":" + std::to_string(place.line()) + ": column " +
                               std::to_string(place.column()) + ": " + first_line(error.what()));
  }
  std::sort(entries.begin(), entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return entries;
}

}  // namespace covenant
