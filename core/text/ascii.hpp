#pragma once

#include <string>
#include <string_view>

namespace covenant {

// Bytes as ASCII has them, whatever the locale is: bytes of other characters are neither letters nor digits.

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr bool is_upper_case(char c) {
  return c >= 'A' && c <= 'Z';
}

constexpr bool is_lower_case(char c) {
  return c >= 'a' && c <= 'z';
}

constexpr bool is_letter(char c) {
  return is_upper_case(c) || is_lower_case(c);
}

/// Space, tab, line feed, vertical tab, form feed and carriage return.
constexpr bool is_white_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

constexpr char lower_case(char c) {
  return is_upper_case(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr char upper_case(char c) {
  return is_lower_case(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

inline std::string lower_case(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (const char c : text) lower += lower_case(c);
  return lower;
}

inline std::string upper_case(std::string_view text) {
  std::string upper;
  upper.reserve(text.size());
  for (const char c : text) upper += upper_case(c);
  return upper;
}

/// Whether the byte continues a UTF-8 sequence.
constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The text, cut before the first character that does not end within so many bytes.
constexpr std::string_view cut(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return text;
  while (longest > 0 && is_continuation(text[longest])) --longest;
  return text.substr(0, longest);
}

}  // namespace covenant
