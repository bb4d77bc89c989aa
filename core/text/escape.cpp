#include "core/text/escape.hpp"

#include <fmt/format.h>

#include <iterator>

#include "core/text/utf8.hpp"

namespace covenant {

void append_csv(std::string& out, std::string_view text, char delimiter) {
  const char special[] = {delimiter, '"', '\r', '\n', '\0'};
  const bool at_edge = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!at_edge && text.find_first_of(special) == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_tsv(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
}

void append_json(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '\b':
        out += "\\b";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\r':
        out += "\\r";
        break;
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append_html(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

bool is_formula_like(std::string_view cell) {
  while (cell.starts_with('\'')) cell.remove_prefix(1);
  if (cell.empty()) return false;
  if (std::string_view("=+-@\t\r\n").find(cell.front()) != std::string_view::npos) return true;
  // The full-width forms of = + - @: U+FF1D, U+FF0B, U+FF0D, U+FF20.
  for (const std::string_view form : {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}) {
    if (cell.starts_with(form)) return true;
  }
  return false;
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

}  // namespace

std::string for_terminal(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t valid = find_invalid_utf8(text).value_or(text.size());
    std::string_view good = text.substr(0, valid);
    text.remove_prefix(valid);
    while (!good.empty()) {
      const std::string_view before = good;
      const char32_t c = take_code_point(good);
      if (is_unsafe(c)) {
        append_visible(out, c);
      } else {
        out += before.substr(0, before.size() - good.size());
      }
    }
    if (!text.empty()) {
      append_visible(out, static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace covenant
