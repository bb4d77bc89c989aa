#include "cli/toml_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>
#include <optional>
#include <sstream>
#include <string_view>
#include <toml.hpp>
#include <tuple>

#include "core/base/files.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/file_kind.hpp"
#include "core/text/terminal.hpp"
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

/// An item of a list, up to where it ends on its line.
std::string as_written(const toml::source_location& place) {
  const std::string_view rest = std::string_view(place.line_str()).substr(place.column() - 1);
  const bool is_nested = rest.starts_with('[') || rest.starts_with('{');
  const std::size_t end = rest.find_first_of(is_nested ? "]}" : " \t\r\n,]}#");
  return std::string(rest.substr(0, is_nested && end != std::string_view::npos ? end + 1 : end));
}

TomlEntry entry_of(const std::string& key, const toml::value& value) {
  const toml::source_location place = value.location();
  TomlEntry entry{
      key,           TomlKind::other, "", {}, "", as_written(place), place.line(), key_column(key, place),
      place.column()};
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
      const auto no_text =
          std::find_if(items.begin(), items.end(), [](const toml::value& item) { return !item.is_string(); });
      if (no_text != items.end()) {
        entry.no_text = as_written(no_text->location());
        entry.line = no_text->location().line();
        entry.column = no_text->location().column();
        break;
      }
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
    if (value.is_table() && value.as_table().empty()) {
      entries.push_back(entry_of(prefix + name, value));
      entries.back().kind = TomlKind::empty_table;
    } else if (value.is_table()) {
      gather(value, prefix + name + ".", entries);
    } else {
      entries.push_back(entry_of(prefix + name, value));
    }
  }
}

using Place = TomlPlace;

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

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_white_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_white_space(text.back())) text.remove_suffix(1);
  return text;
}

/// What is wrong with a text in quotes, or behind it.
std::string explain_text(std::string_view value) {
  const std::size_t end = end_of_string(value, 0);
  const bool is_closed = end > 1 && value[end - 1] == value.front();
  if (!is_closed) return fmt::format("{} is not closed; add '{}'", in_quotes(value), value.front());
  const std::string_view rest = without_blanks(value.substr(end));
  if (!rest.empty() && rest.front() != '#')
    return fmt::format("{} follows the text; write one value a line", in_quotes(rest));
  const std::size_t backslash = value.find('\\');
  if (value.front() == '"' && backslash != std::string_view::npos)
    return fmt::format("{} is not an escape; write '\\\\' for a backslash",
                       in_quotes(value.substr(backslash, 2)));
  return fmt::format("{} is not a text", in_quotes(value));
}

std::string explain_value(std::string_view value, std::string_view rest_of_file) {
  const char first = value.front();
  if (first == '"' || first == '\'') return explain_text(value);
  if (first == '[' || first == '{') {
    const char closing = first == '[' ? ']' : '}';
    return rest_of_file.find(closing) == std::string_view::npos
               ? fmt::format("'{}' is not closed; add '{}'", first, closing)
               : fmt::format("{} is malformed; separate values with ','", in_quotes(value));
  }
  const std::string lower = lower_case(value);
  if (lower == "true" || lower == "false")
    return fmt::format("{} is not a value; did you mean '{}'?", in_quotes(value), lower);
  if (is_digit(first) || first == '+' || first == '-' || first == '.')
    return fmt::format("{} is not a number; put a text in quotes", in_quotes(value));
  return fmt::format("{} is not a value; put a text in straight quotes", in_quotes(value));
}

/// What is wrong with a file, and whether the value of its key is at fault.
struct Explanation {
  std::string reason;
  bool is_about_value = false;
};

/// What is wrong with a file that the library refused at a place. Its own messages speak of its parser.
Explanation explain(std::string_view text, Place place, std::string_view message) {
  std::size_t begin = 0;
  for (std::uint64_t line = 1; line < place.line && text.find('\n', begin) != std::string_view::npos; ++line)
    begin = text.find('\n', begin) + 1;
  if (without_blanks(text.substr(begin)).empty()) {
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    if (last == std::string_view::npos) return {"the file is malformed"};
    begin = text.rfind('\n', last) + 1;
  }
  const std::string_view line = without_blanks(text.substr(begin, text.find('\n', begin) - begin));
  const std::size_t equals = line.find('=');
  if (line.starts_with('[') && equals == std::string_view::npos) {
    return {line.find(']') == std::string_view::npos
                ? fmt::format("{} is not closed; add ']'", in_quotes(line))
                : fmt::format("{} is not the name of a table", in_quotes(line))};
  }
  if (equals == std::string_view::npos)
    return {fmt::format("{} has no '='; write NAME = VALUE", in_quotes(line))};
  const std::string_view key = without_blanks(line.substr(0, equals));
  const std::string_view value = without_blanks(line.substr(equals + 1));
  if (key.empty()) return {"there is no name before '='"};
  if (message.find("already exists") != std::string_view::npos)
    return {fmt::format("{} appears twice; remove one", in_quotes(key))};
  if (value.empty() || value.front() == '#')
    return {fmt::format("{} has no value; write \"\" or remove the line", in_quotes(key)), true};
  if (message.find("RFC3339") != std::string_view::npos ||
      message.find("invalid date") != std::string_view::npos)
    return {fmt::format("invalid date {}; write one like 2026-11-25", in_quotes(value)), true};
  if (key.front() != '"' && key.find_first_of(" \t") != std::string_view::npos)
    return {fmt::format("{} is not a name; write it without blanks", in_quotes(key))};
  return {explain_value(value, text.substr(begin)), true};
}

/// Where a line begins; the end for one that is not there.
std::size_t begin_of_line(std::string_view text, std::uint64_t line) {
  std::size_t begin = 0;
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return text.size();
    begin = end + 1;
  }
  return begin;
}

/// Where the value of the key is that the library reported; it reports some values at their key.
Place place_of_value(std::string_view text, Place reported) {
  const std::size_t begin = begin_of_line(text, reported.line);
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  std::size_t at = 0;
  while (at < line.size() && line[at] != '=')
    at = line[at] == '"' || line[at] == '\'' ? end_of_string(line, at) : at + 1;
  if (at >= line.size()) return reported;
  const std::size_t value = std::min(line.find_first_not_of(" \t\r", at + 1), line.size());
  return {reported.line, std::max<std::uint64_t>(reported.column, value + 1)};
}

/// A part of a line as a screen shows it.
std::string on_screen(std::string_view part) {
  std::string text(part);
  std::replace(text.begin(), text.end(), '\t', ' ');
  return for_terminal(text);
}

/// The line of a place, as much of it as a screen is wide, and a caret below the place.
std::string excerpt_of(std::string_view text, Place place) {
  constexpr std::size_t room = 76;
  constexpr std::size_t most_before = 60;
  constexpr std::size_t kept_before = 40;
  constexpr std::size_t most_after = 200;
  const std::size_t begin = begin_of_line(text, place.line);
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t at = std::min<std::size_t>(std::max<std::uint64_t>(place.column, 1) - 1, line.size());
  std::string_view near = line.substr(0, at);
  if (at > most_before) {
    near.remove_prefix(at - kept_before);
    while (!near.empty() && is_continuation(near.front())) near.remove_prefix(1);
  }
  const std::string before = (near.size() < at ? "…" : "") + on_screen(near);
  const std::string after = on_screen(cut(line.substr(at), most_after));
  return fmt::format("  {}\n  {:{}}^\n", clipped(before + after, room), "", display_width(before));
}

}  // namespace

TomlError::TomlError(ErrorKind kind, const std::string& path, TomlPlace place, std::string reason,
                     std::string excerpt)
    : Error(kind, fmt::format("{}:{}:{}: {}", path, place.line, place.column, reason)),
      place_(place),
      reason_(std::move(reason)),
      excerpt_(std::move(excerpt)) {}

void TomlFile::refuse(ErrorKind kind, TomlPlace place, const std::string& reason) const {
  throw TomlError(kind, path, place, reason, excerpt_of(text, place));
}

TomlFile read_toml(const std::string& path, ErrorKind malformed) {
  constexpr std::uint64_t largest = 1024ULL * 1024;
  TomlFile file{path, read_file(path, largest, malformed), {}};
  const std::string& bytes = file.text;
  if (const auto kind = recognise_file(bytes)) {
    const std::string way_out = kind->content == FileContent::text
                                    ? fmt::format("convert it with 'iconv -f {} -t utf-8'", kind->encoding)
                                : malformed == ErrorKind::usage
                                    ? "a TOML file is needed, see covenant.toml(5)"
                                    : "a TOML file is needed, see 'covenant apply --form-template'";
    throw TomlError(malformed, path, {1, 1}, fmt::format("{}; {}", kind->name, way_out), "");
  }
  if (const auto at = find_invalid_utf8(bytes)) {
    const std::string way_out =
        is_probably_windows_1252(bytes) ? "; convert it with 'iconv -f windows-1252 -t utf-8'" : "";
    file.refuse(malformed, place_of(bytes, *at),
                fmt::format("byte 0x{:02x} is not UTF-8{}", static_cast<unsigned char>(bytes[*at]), way_out));
  }
  if (const auto excess = find_excess(bytes)) {
    file.refuse(malformed, place_of(bytes, excess->at), excess->reason);
  }
  std::istringstream text(bytes);
  try {
    gather(toml::parse(text, path), "", file.entries);
  } catch (const toml::exception& error) {
    const Place place = place_of(bytes, error.location());
    const Explanation found = explain(bytes, place, error.what());
    file.refuse(malformed, found.is_about_value ? place_of_value(bytes, place) : place, found.reason);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception&) {
    // The library also throws what the standard library threw at it, which has no place.
    file.refuse(malformed, {1, 1}, "the file is malformed");
  }
  std::sort(file.entries.begin(), file.entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return file;
}

}  // namespace covenant
