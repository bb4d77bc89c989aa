#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/diagnostic.hpp"

namespace covenant {

/// Why a field or a row is refused; the code a machine reads in `error_code` and in the JSON report.
enum class ProblemCode {
  required,
  too_long,
  too_short,
  encoding,
  control_character,
  invisible,    ///< a text without a visible character
  spreadsheet,  ///< what a spreadsheet shows where a formula failed
  choice,
  country,
  number,
  date,
  url,
  email,
  phone,
  reference,
  practice,
  duplicate,
  similar,
  conflict,
  columns,
  quote,
  partner,     ///< there is no such partner
  status,      ///< the lifecycle refuses the move
  commitment,  ///< the commitment file cannot be read, or is not one
  rule,        ///< another rule of the scheme refuses it
};

template <>
struct Codes<ProblemCode> {
  static constexpr std::array<std::string_view, 25> codes = {
      "required",  "too-long",    "too-short", "encoding",   "control-character",
      "invisible", "spreadsheet", "choice",    "country",    "number",
      "date",      "url",         "email",     "phone",      "reference",
      "practice",  "duplicate",   "similar",   "conflict",   "columns",
      "quote",     "partner",     "status",    "commitment", "rule"};
};
static_assert(Codes<ProblemCode>::codes.size() == static_cast<std::size_t>(ProblemCode::rule) + 1);

/// One thing that is wrong with the input.
using Problem = Diagnostic<ProblemCode>;

using Problems = std::vector<Problem>;

/// What a parser returns: the value, or what is wrong with the text: the one `Problem`, or all `Problems` of
/// a whole. Expected failures travel this way; `Error` is for the others.
template <class T, class E = Problem>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E failure) : state_(std::in_place_index<1>, std::move(failure)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return std::get<0>(state_); }
  T& value() & { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }

  const E& problem() const& requires std::same_as<E, Problem> { return std::get<1>(state_); }
  E&& problem() && requires std::same_as<E, Problem> { return std::get<1>(std::move(state_)); }
  const E& problems() const& requires std::same_as<E, Problems> { return std::get<1>(state_); }
  E&& problems() && requires std::same_as<E, Problems> { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, E> state_;
};

}  // namespace covenant
