#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/code.hpp"
#include "core/base/result.hpp"
#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/email.hpp"
#include "core/model/language.hpp"
#include "core/model/member_count.hpp"
#include "core/model/phone.hpp"
#include "core/model/practice.hpp"
#include "core/model/reference.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

/// How a column's text is written where there are types: as a string, a number, or an array (categories split
/// at ';', practices at line feeds). Yes and no are strings in JSON and in the history, true and false in a
/// form.
enum class ColumnShape { text, yes_or_no, number, categories, practices };

/// What the list of fields needs of a value's type: its shape, whether it is a text in which a person may
/// write anything (`is_free_text`), the word for it in help (`placeholder`), its XML Schema type
/// (`datatype`), the pattern that its texts follow (empty: none), the parser and the text. A field of a type
/// without one does not compile.
template <class T>
struct FieldType;

/// The type of most fields: `T::parse` reads the text, `str` writes it.
template <class T>
struct TextFieldType {
  static constexpr ColumnShape shape = ColumnShape::text;
  static constexpr bool is_free_text = false;
  static constexpr std::string_view placeholder = "TEXT";
  static constexpr std::string_view datatype = "string";

  static std::string pattern() { return {}; }
  static Result<T> parse(std::string_view text, Strictness strictness = Strictness::present) {
    if constexpr (requires { T::parse(text, strictness); }) {
      return T::parse(text, strictness);
    } else {
      return T::parse(text);  // what it accepts is what every version accepted
    }
  }
  /// The text that was meant by one that is refused, where that is clear.
  static std::optional<std::string> suggest(std::string_view text) {
    if constexpr (requires { T::suggest(text); }) {
      return T::suggest(text);
    } else {
      return std::nullopt;
    }
  }
  /// The view is into the value, or into `made`, where a text that has to be put together is kept.
  static std::string_view view(const T& value, std::string& made) {
    if constexpr (std::is_lvalue_reference_v<decltype(value.str())>) {
      return value.str();
    } else {
      return made = value.str();
    }
  }
};

template <const TextRule& rule>
struct FieldType<Text<rule>> : TextFieldType<Text<rule>> {
  static constexpr bool is_free_text = rule.lines == Lines::many;
};

template <>
struct FieldType<Reference> : TextFieldType<Reference> {};

template <>
struct FieldType<Email> : TextFieldType<Email> {
  static constexpr std::string_view placeholder = "ADDRESS";
};

template <>
struct FieldType<Phone> : TextFieldType<Phone> {
  static constexpr std::string_view placeholder = "NUMBER";
};

template <>
struct FieldType<WebUrl> : TextFieldType<WebUrl> {
  static constexpr std::string_view placeholder = "URL";
  static constexpr std::string_view datatype = "anyURI";
};

template <>
struct FieldType<LanguageTag> : TextFieldType<LanguageTag> {
  static constexpr std::string_view placeholder = "TAG";
  static constexpr std::string_view datatype = "language";
};

template <>
struct FieldType<Date> : TextFieldType<Date> {
  static constexpr std::string_view placeholder = "DATE";
  static constexpr std::string_view datatype = "date";
};

/// The codes of an enumeration, joined by '|'.
template <class E>
std::string code_pattern() {
  std::string pattern;
  for (const std::string_view code : Codes<E>::codes) pattern.append(pattern.empty() ? "" : "|").append(code);
  return pattern;
}

/// The type of a field that is one of a few codes.
template <class E>
struct CodeFieldType {
  static constexpr ColumnShape shape = ColumnShape::text;
  static constexpr bool is_free_text = false;
  static constexpr std::string_view placeholder = "CODE";
  static constexpr std::string_view datatype = "string";

  static std::string pattern() { return code_pattern<E>(); }
  static Result<E> parse(std::string_view text, Strictness /*strictness*/ = Strictness::present) {
    return parse_code<E>(text);
  }
  static std::optional<std::string> suggest(std::string_view text) {
    const auto meant = meant_code(text, Codes<E>::codes);
    return meant ? std::optional<std::string>(*meant) : std::nullopt;
  }
  static std::string_view view(E value, std::string& /*made*/) { return code_of(value); }
};

template <class E>
requires std::is_enum_v<E>
struct FieldType<E> : CodeFieldType<E> {
};

template <>
struct FieldType<Level> : CodeFieldType<Level> {
  static constexpr std::string_view placeholder = "LEVEL";
};

template <>
struct FieldType<MembershipBased> : CodeFieldType<MembershipBased> {
  static constexpr ColumnShape shape = ColumnShape::yes_or_no;
  static constexpr std::string_view placeholder = "yes|no";

  static Result<MembershipBased> parse(std::string_view text, Strictness strictness = Strictness::present);
  static std::optional<std::string> suggest(std::string_view text);
};

template <>
struct FieldType<Categories> : TextFieldType<Categories> {
  static constexpr ColumnShape shape = ColumnShape::categories;
  static constexpr std::string_view placeholder = "CODES";

  static std::string pattern() { return code_pattern<Category>(); }
};

template <>
struct FieldType<Country> : TextFieldType<Country> {
  static constexpr std::string_view placeholder = "CODE";

  static std::string pattern() { return "[A-Z]{2}"; }
  static std::string_view view(const Country& value, std::string& /*made*/) { return value.code(); }
};

template <>
struct FieldType<MemberCount> : TextFieldType<MemberCount> {
  static constexpr ColumnShape shape = ColumnShape::number;
  static constexpr std::string_view placeholder = "N";
  static constexpr std::string_view datatype = "nonNegativeInteger";

  static std::string_view view(MemberCount value, std::string& made) {
    return made = std::to_string(value.number());
  }
};

template <>
struct FieldType<Practices> : TextFieldType<Practices> {
  static constexpr ColumnShape shape = ColumnShape::practices;
  static constexpr bool is_free_text = true;
  static constexpr std::string_view placeholder = "LINES";

  static Result<Practices> parse(std::string_view text, Strictness strictness = Strictness::present) {
    return parse_practices(text, strictness);
  }
  static std::optional<std::string> suggest(std::string_view /*text*/) { return std::nullopt; }
  static std::string_view view(const Practices& value, std::string& made) { return made = to_text(value); }
};

}  // namespace covenant
