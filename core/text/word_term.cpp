#include "core/text/word_term.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/text/folding.hpp"

namespace covenant {

namespace {

bool is_of_word(UChar32 c) {
  return u_isalnum(c) != 0 || u_charType(c) == U_NON_SPACING_MARK ||
         u_charType(c) == U_COMBINING_SPACING_MARK;
}

/// The last code point, or the first; a blank where there is none.
UChar32 last_of(std::string_view text) {
  if (text.empty()) return ' ';
  auto at = static_cast<std::int32_t>(text.size());
  UChar32 c = 0;
  U8_PREV_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), 0, at, c);
  return c;
}

UChar32 first_of(std::string_view text) {
  if (text.empty()) return ' ';
  std::int32_t at = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at,
                  static_cast<std::int32_t>(text.size()), c);
  return c;
}

/// Whether an address goes on before what was found, or after it: a full stop there may end a sentence.
bool goes_on_before(std::string_view text) {
  return !text.empty() && std::string_view("._%+-").find(text.back()) != std::string_view::npos;
}

bool goes_on_after(std::string_view text) {
  return !text.empty() && std::string_view(".-").find(text.front()) != std::string_view::npos &&
         is_of_word(first_of(text.substr(1)));
}

/// Whether addresses are compared, in which a hyphen is a letter like others.
enum class Compared { names, addresses };

/// Of a name that is written with hyphens or without: Jean-Luc and Jean Luc are one.
std::string key_of(std::string_view text, Compared compared) {
  std::string key = word_key(text);
  if (compared == Compared::names) std::replace(key.begin(), key.end(), '-', ' ');
  return key;
}

Compared compared_with(std::string_view term) {
  return term.find('@') == std::string_view::npos ? Compared::names : Compared::addresses;
}

std::string longest_word_of(std::string_view key) {
  std::string_view longest;
  while (!key.empty()) {
    const std::string_view word = key.substr(0, key.find(' '));
    if (word.size() > longest.size()) longest = word;
    key.remove_prefix(word.size() < key.size() ? word.size() + 1 : key.size());
  }
  return std::string(longest);
}

}  // namespace

WordTerm::WordTerm(std::string_view text)
    : key_(key_of(text, compared_with(text))),
      longest_word_(longest_word_of(key_)),
      is_address_(compared_with(text) == Compared::addresses) {}

bool WordTerm::is_in(std::string_view text) const {
  const std::string key = key_of(text, is_address_ ? Compared::addresses : Compared::names);
  const std::string_view whole = key;
  for (std::size_t at = whole.find(key_); at != std::string_view::npos; at = whole.find(key_, at + 1)) {
    const std::string_view before = whole.substr(0, at);
    const std::string_view after = whole.substr(at + key_.size());
    const bool goes_on = is_of_word(last_of(before)) || is_of_word(first_of(after)) ||
                         (is_address_ && (goes_on_before(before) || goes_on_after(after)));
    if (!goes_on) return true;
  }
  return false;
}

}  // namespace covenant
