#include "core/text/escape.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/text/byte_search.hpp"
#include "core/text/code_point.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// Appends `text`, each byte that `find` stops at by what `replacement` has for it. What stays is copied in
/// runs.
template <class Find, class Replacement>
void append_replacing(std::string& out, std::string_view text, Find find, Replacement replacement) {
  std::size_t run = 0;
  for (std::size_t i = find(text, 0); i < text.size(); i = find(text, run)) {
    out.append(text, run, i - run).append(replacement(text[i]));
    run = i + 1;
  }
  out.append(text, run);
}

std::string_view in_tsv(char c) {
  switch (c) {
    case '\t':
      return "\\t";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\\':
      return "\\\\";
    default:
      return {};
  }
}

std::string_view in_html(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

/// The short escapes of JSON.
std::string_view in_json(char c) {
  switch (c) {
    case '\b':
      return "\\b";
    case '\t':
      return "\\t";
    case '\n':
      return "\\n";
    case '\f':
      return "\\f";
    case '\r':
      return "\\r";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      return {};
  }
}

}  // namespace

namespace {

[[gnu::noinline]] void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_replacing(out, text, find_byte<0, '"'>, [](char) { return std::string_view("\"\""); });
  out += '"';
}

}  // namespace

void append_csv(std::string& out, std::string_view text, char delimiter) {
  const std::size_t stop = delimiter == ','
                               ? find_byte<0, ',', '"', '\n', '\r'>(text)
                               : std::min(find_byte<0, '"', '\n', '\r'>(text), text.find(delimiter));
  const bool blank_ends = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (stop >= text.size() && !blank_ends) {
    out += text;
  } else {
    append_quoted(out, text);
  }
}

void append_tsv(std::string& out, std::string_view text) {
  append_replacing(out, text, find_byte<0, '\t', '\n', '\r', '\\'>, in_tsv);
}

void append_json(std::string& out, std::string_view text) {
  std::array<char, 6> code{'\\', 'u', '0', '0'};
  out += '"';
  append_replacing(out, text, find_byte<0x20, '"', '\\'>, [&](char c) {
    if (const auto escape = in_json(c); !escape.empty()) return escape;
    constexpr std::string_view digits = "0123456789abcdef";
    code[4] = digits[static_cast<unsigned char>(c) >> 4U];
    code[5] = digits[static_cast<unsigned char>(c) & 0x0FU];
    return std::string_view(code.data(), code.size());
  });
  out += '"';
}

void append_html(std::string& out, std::string_view text) {
  append_replacing(out, text, find_byte<0, '&', '<', '>', '"', '\''>, in_html);
}

bool is_formula_like(std::string_view cell) {
  while (cell.starts_with('\'')) cell.remove_prefix(1);
  if (cell.empty()) return false;
  if (std::string_view("=+-@\t\r\n").find(cell.front()) != std::string_view::npos) return true;
  // The full-width forms of = + - @: U+FF1D, U+FF0B, U+FF0D, U+FF20.
  constexpr std::string_view full_width[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  return std::any_of(std::begin(full_width), std::end(full_width),
                     [&](std::string_view form) { return cell.starts_with(form); });
}

namespace {

bool is_unsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
}

void append_visible(std::string& out, char32_t c) {
  const auto number = static_cast<unsigned>(c);
  if (c < 0x100) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", number);
  } else {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", number);
  }
}

/// The text, each character by what `append` makes of it, and each invalid byte as `\xe9`.
template <class Append>
std::string each_visible(std::string_view text, Append append) {
  std::string out;
  while (!text.empty()) {
    const std::size_t valid = find_invalid_utf8(text).value_or(text.size());
    std::string_view good = text.substr(0, valid);
    text.remove_prefix(valid);
    while (!good.empty()) {
      const std::string_view before = good;
      const char32_t c = take_code_point(good);
      append(out, c, before.substr(0, before.size() - good.size()));
    }
    if (!text.empty()) {
      append_visible(out, static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
    }
  }
  return out;
}

/// Whether nobody sees the character.
bool is_invisible(char32_t c) {
  return is_unsafe(c) || is_ignorable(c) || is_noncharacter(c);
}

/// Whether a reader may take the character for nothing, or for a blank or a hyphen.
bool is_deceptive(char32_t c) {
  if (c == ' ' || c == '-') return false;
  const auto type = u_charType(static_cast<UChar32>(c));
  return is_invisible(c) || is_blank_or_ignorable(c) || type == U_DASH_PUNCTUATION;
}

/// The text, with `\u{200B}` for each character of that kind.
template <class Kind>
std::string with_codes(std::string_view text, Kind is_of_kind) {
  return each_visible(text, [&](std::string& out, char32_t c, std::string_view bytes) {
    if (is_of_kind(c)) {
      fmt::format_to(std::back_inserter(out), "\\u{{{:02X}}}", static_cast<unsigned>(c));
    } else {
      out += bytes;
    }
  });
}

}  // namespace

std::string for_terminal(std::string_view text) {
  constexpr std::string_view separators = "\xE2\x80";  // begins U+2028 and U+2029
  if (is_clean_utf8(text, LineFeeds::refused) && text.find(separators) == std::string_view::npos)
    return std::string(text);
  return each_visible(text, [](std::string& out, char32_t c, std::string_view bytes) {
    if (is_unsafe(c)) {
      append_visible(out, c);
    } else {
      out += bytes;
    }
  });
}

std::string line_for_terminal(std::string_view text) {
  std::string line;
  for (;;) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    std::string_view part = text.substr(0, end);
    if (part.ends_with('\r')) part.remove_suffix(1);
    line.append(part).append(1, ' ');
    text.remove_prefix(end + 1);
  }
  return for_terminal(line.empty() ? text : line.append(text));
}

std::string revealed(std::string_view text) {
  return with_codes(text, is_deceptive);
}

namespace {

/// As much of a value as a message shows, and what comes behind it.
std::pair<std::string_view, std::string_view> cut_for_message(std::string_view text) {
  std::string_view rest = text;
  for (std::size_t i = 0; i < longest_in_message && !rest.empty(); ++i) take_code_point(rest);
  return {text.substr(0, text.size() - rest.size()), rest.empty() ? "" : "…"};
}

}  // namespace

std::string in_brief(std::string_view text) {
  const auto [head, mark] = cut_for_message(text);
  return with_codes(head, is_invisible).append(mark);
}

std::string in_quotes(std::string_view text) {
  return fmt::format("'{}'", in_brief(text));
}

std::string revealed_in_quotes(std::string_view text) {
  const auto [head, mark] = cut_for_message(text);
  return fmt::format("'{}{}'", revealed(head), mark);
}

void append_xml(std::string& out, std::string_view text) {
  constexpr std::string_view before_last = "\xEF\xBF";
  for (std::size_t at = text.find(before_last); at != std::string_view::npos; at = text.find(before_last)) {
    const std::string_view character = text.substr(at, 3);
    append_html(out, text.substr(0, at));
    const bool has_no_place = character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
    out += has_no_place ? std::string_view("\xEF\xBF\xBD") : character;
    text.remove_prefix(at + character.size());
  }
  append_html(out, text);
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  append_xml(out, text);
  out.append("</").append(name).append(">\n");
}

}  // namespace covenant
