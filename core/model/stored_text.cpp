#include "core/model/stored_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>

#include "core/base/code.hpp"
#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/member_count.hpp"
#include "core/model/practice.hpp"
#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/byte_search.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr TextRule word_rule{1, 254, Lines::one};
constexpr TextRule address_rule{1, 2048, Lines::one};

/// Whether the text begins with that, which is in lower case, in whatever case.
bool starts_with(std::string_view text, std::string_view begin) {
  return text.size() >= begin.size() && std::equal(begin.begin(), begin.end(), text.begin(),
                                                   [](char a, char b) { return a == lower_case(b); });
}

/// An address leads to the web and ends nothing that is written around it.
bool is_web_address(std::string_view text) {
  return (starts_with(text, "http://") || starts_with(text, "https://")) &&
         find_byte<0x21, '"', '<', '>', '\\', '^', '`', '{', '|', '}'>(text) == text.size() &&
         is_clean_text(text, address_rule);
}

/// A title, and where an address is given the address between '<' and '>'.
bool is_practice(std::string_view line) {
  if (!line.ends_with('>')) return is_clean_text(line, practice_title_rule);
  const std::size_t open = line.rfind('<');
  if (open == std::string_view::npos || open == 0) return false;
  return is_clean_text(line.substr(0, open - 1), practice_title_rule) && line[open - 1] == ' ' &&
         is_web_address(line.substr(open + 1, line.size() - open - 2));
}

bool are_practices(std::string_view text) {
  std::size_t count = 0;
  for (;;) {
    const std::size_t end = text.find('\n');
    if (++count > most_practices || !is_practice(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

/// Codes joined by ';', each known.
bool are_categories(std::string_view text) {
  for (;;) {
    const std::size_t end = text.find(';');
    if (!from_code<Category>(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

bool is_language_tag(std::string_view text) {
  constexpr std::size_t longest = 100;
  return text.size() >= 2 && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
           return c == '-' || is_digit(c) || is_letter(c);
         });
}

}  // namespace

bool is_clean_text(std::string_view text, const TextRule& rule) {
  const LineFeeds line_feeds = rule.lines == Lines::many ? LineFeeds::allowed : LineFeeds::refused;
  if (text.empty()) return rule.shortest == 0;
  if (is_white_space(text.front()) || is_white_space(text.back()) || !is_clean_utf8(text, line_feeds))
    return false;
  constexpr std::size_t most_bytes = 4;  // of a code point
  const bool surely_fits = text.size() >= most_bytes * rule.shortest && text.size() <= rule.longest;
  if (surely_fits) return true;
  const std::size_t length = count_code_points(text);
  return length >= rule.shortest && length <= rule.longest;
}

namespace {

/// Whether a value of the type could have been written so.
template <class T>
struct Stored {
  static bool could_be(std::string_view text) { return is_clean_text(text, word_rule); }
};

template <const TextRule& rule>
struct Stored<Text<rule>> {
  static bool could_be(std::string_view text) { return is_clean_text(text, rule); }
};

template <class E>
requires std::is_enum_v<E>
struct Stored<E> {
  static bool could_be(std::string_view text) { return from_code<E>(text).has_value(); }
};

template <>
bool Stored<Categories>::could_be(std::string_view text) {
  return are_categories(text);
}

template <>
bool Stored<MemberCount>::could_be(std::string_view text) {
  return MemberCount::parse(text).ok();
}

template <>
bool Stored<Country>::could_be(std::string_view text) {
  return Country::is_code(text);
}

template <>
bool Stored<WebUrl>::could_be(std::string_view text) {
  return is_web_address(text);
}

template <>
bool Stored<Practices>::could_be(std::string_view text) {
  return are_practices(text);
}

template <>
bool Stored<LanguageTag>::could_be(std::string_view text) {
  return is_language_tag(text);
}

template <>
bool Stored<Date>::could_be(std::string_view text) {
  return Date::exactly(text).has_value();
}

template <>
bool Stored<PartnerId>::could_be(std::string_view /*text*/) {
  return false;
}

using Test = bool (*)(std::string_view);

constexpr std::array<Test, column_count> tests = std::apply(
    []<class... Members>(const Listed<Members>&...) {
      return std::array<Test, column_count>{Stored<typename MemberTraits<Members>::Value>::could_be...};
    },
    column_list);

}  // namespace

bool could_be_stored(Column column, std::string_view text) {
  return tests[index_of(column)](text);
}

}  // namespace covenant
