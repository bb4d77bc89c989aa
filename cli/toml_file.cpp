#include "cli/toml_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <sstream>
#include <string_view>
#include <toml.hpp>
#include <tuple>

#include "core/base/files.hpp"
#include "core/text/ascii.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

std::string date_text(const toml::value& value) {
  std::ostringstream text;
  text << value.as_local_date();
  return text.str();
}

/// The library reports where a value begins; its key is before it on the same line.
std::uint64_t key_column(const std::string& key, const toml::source_location& value) {
  const std::string& line = value.line_str();
  std::size_t begin = line.rfind(key.substr(key.rfind('.') + 1), value.column() - 1);
  if (begin == std::string::npos) return value.column();
  const auto is_key_character = [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("-_.\"'").find(c) != std::string_view::npos;
  };
  while (begin > 0 && is_key_character(line[begin - 1])) --begin;
  return begin + 1;
}

/// Whether a number is written in so few characters that it is not beyond 64 bits, whatever its base. Of a
/// larger one the library makes another number.
bool is_short_number(const toml::source_location& place) {
  constexpr std::size_t longest = 17;
  const std::string_view rest = std::string_view(place.line_str()).substr(place.column() - 1);
  return std::min(rest.find_first_of(" \t\r\n,]}#"), rest.size()) <= longest;
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
      if (!is_short_number(place)) break;
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

/// The library's message has several lines with a picture; the first says what is wrong, after the name of
/// one of its functions.
std::string first_line(const std::string& message) {
  std::string line = message.substr(0, message.find('\n'));
  if (line.starts_with("[error] ")) line.erase(0, 8);
  if (line.starts_with("toml::")) line.erase(0, 6);
  const std::size_t colon = line.find(':');
  if (colon != std::string::npos && line.find(' ') > colon) {
    line.erase(0, line.find_first_not_of(' ', colon + 1));
  }
  if (line.ends_with('.')) line.pop_back();
  return line.empty() ? "this is not TOML" : line;
}

/// A line and a column, from 1.
struct Place {
  std::uint64_t line;
  std::uint64_t column;
};

Place place_of(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  return {lines + 1, at - (before.rfind('\n') + 1) + 1};
}

/// For a date or a time the library reports the place within its own text.
Place place_of(std::string_view text, const toml::source_location& reported) {
  const std::size_t found = text.find(reported.line_str());
  const bool is_whole_line = found == std::string_view::npos || found == 0 || text[found - 1] == '\n';
  return reported.line() == 1 && !is_whole_line ? place_of(text, found)
                                                : Place{reported.line(), reported.column()};
}

/// Where a string that begins at `at` ends. One of several lines may have two quotes before the three that
/// close it. Source: TOML 1.0, "String".
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool is_long = text.substr(at, 3) == std::string(3, quote);
  const std::string closing(is_long ? 3 : 1, quote);
  for (at += closing.size(); at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text.substr(at, closing.size()) == closing) {
      at += closing.size();
      for (int more = 0; is_long && more < 2 && at < text.size() && text[at] == quote; ++more) ++at;
      return at;
    } else if (!is_long && text[at] == '\n') {
      return at;
    }
  }
  return text.size();
}

/// The byte at which a file goes beyond a limit, and which.
struct Excess {
  std::size_t at;
  const char* reason;
};

/// Where a file asks more of the library than forms and settings need. The library calls itself for each
/// array or table within another and for each part of a key, which would exhaust the stack, its time grows
/// with the square of the number of keys and tables, and its numbers in base 2 overflow.
std::optional<Excess> find_excess(std::string_view text) {
  constexpr std::size_t deepest = 32;
  constexpr std::size_t most_keys = 256;
  std::size_t depth = 0;
  std::size_t dots = 0;
  std::size_t keys = 0;
  bool begins_line = true;
  bool begins_word = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool opens = c == '[' || c == '{';
    if (c == '=' || (opens && begins_line)) ++keys;
    if (c == '"' || c == '\'') at = end_of_string(text, at) - 1;
    if (c == '#') at = std::min(text.find('\n', at), text.size()) - 1;
    if (opens) ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (c == '.') ++dots;
    if (c == '\n' || c == '=' || c == ',') dots = 0;
    if (depth > deepest) return Excess{at, "arrays and tables are nested too deeply"};
    if (dots > deepest) return Excess{at, "the key has too many parts"};
    if (keys > most_keys) return Excess{at, "too many keys and tables"};
    if (begins_word &&
        (text.substr(at, 2) == "0b" || text.substr(at, 2) == "0o" || text.substr(at, 2) == "0x"))
      return Excess{at, "the number is not decimal"};
    begins_word =
        c == ' ' || c == '\t' || c == '\n' || c == '=' || c == ',' || c == '[' || c == '-' || c == '+';
    if (c != ' ' && c != '\t') begins_line = c == '\n';
  }
  return std::nullopt;
}

[[noreturn]] void refuse(ErrorKind kind, const std::string& path, Place place, const std::string& reason) {
  throw Error(kind,
              path + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + reason);
}

}  // namespace

std::vector<TomlEntry> read_toml(const std::string& path, ErrorKind malformed) {
  constexpr std::uint64_t largest = 1024ULL * 1024;
  const std::string bytes = read_file(path, largest, malformed);
  if (const auto at = find_invalid_utf8(bytes)) {
    refuse(malformed, path, place_of(bytes, *at),
           fmt::format("byte 0x{:02x} is not UTF-8", static_cast<unsigned char>(bytes[*at])));
  }
  if (const auto excess = find_excess(bytes)) {
    refuse(malformed, path, place_of(bytes, excess->at), excess->reason);
  }
  std::istringstream text(bytes);
  std::vector<TomlEntry> entries;
  try {
    gather(toml::parse(text, path), "", entries);
  } catch (const toml::exception& error) {
    refuse(malformed, path, place_of(bytes, error.location()), first_line(error.what()));
  } catch (const std::exception&) {
    // The library also throws what the standard library threw at it, which has no place.
    refuse(malformed, path, {1, 1}, "this is not TOML");
  }
  std::sort(entries.begin(), entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return entries;
}

}  // namespace covenant
