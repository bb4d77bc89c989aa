#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/error.hpp"
#include "core/model/date.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

/// The value of an option that is one of some words. @throws Error{usage} that names the option
template <class E>
E parse_choice(const std::string& option, const std::string& text) {
  const auto parsed = parse_code<E>(text);
  if (!parsed) throw Error(ErrorKind::usage, option + ": " + parsed.problem().message);
  return *parsed;
}

template <class E>
E parse_choice_or(const std::string& option, const std::optional<std::string>& text, E otherwise) {
  return text ? parse_choice<E>(option, *text) : otherwise;
}

/// An option's value by its type's own parser. @throws Error{`wrong`} that names the option
template <class T>
std::optional<T> parse_option(const std::string& option, const std::optional<std::string>& text,
                              ErrorKind wrong) {
  if (!text) return std::nullopt;
  auto parsed = T::parse(*text);
  if (!parsed) throw Error(wrong, option + ": " + parsed.problem().message);
  return *std::move(parsed);
}

/// A day in the past or today. @throws Error{bad_input} that names the option
std::optional<Date> parse_past_option(const std::string& option, const std::optional<std::string>& text,
                                      Date today);

/// A number of 0 or more. @throws Error{usage} that names the option
std::uint64_t parse_count_or(const std::string& option, const std::optional<std::string>& text,
                             std::uint64_t otherwise);

}  // namespace covenant
