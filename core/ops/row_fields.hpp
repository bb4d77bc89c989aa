#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/criteria.hpp"
#include "core/model/date.hpp"
#include "core/model/partner.hpp"
#include "core/ops/batch.hpp"
#include "core/store/database.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

/// One criterion and what a person found.
struct PersonFinding {
  Criterion criterion;
  Verdict verdict;
};

/// Reads "CRITERION=pass" or "CRITERION=fail". Fails with `choice`.
Result<PersonFinding> parse_finding(std::string_view text);

/// The cells of a row, parsed by column name; gathers the problems.
class RowFields {
 public:
  RowFields(const BatchRow& row, const std::vector<std::string_view>& columns)
      : row_(row), columns_(columns) {}

  /// The cell without white space around it; empty when the file does not have the column.
  std::string_view text(std::string_view column) const;

  /// The cell by its type's parser; nothing when it is empty or has a problem.
  template <class T>
  std::optional<T> optional(std::string_view column) {
    return taken<T>(column, [](std::string_view cell) { return T::parse(cell); });
  }

  std::optional<Date> past_date(std::string_view column, Date today);
  template <class E>
  std::optional<E> code(std::string_view column) {
    return taken<E>(column, [](std::string_view cell) { return parse_code<E>(cell); });
  }

  /// The partner that a cell names; nothing, and a problem, when there is none.
  std::optional<Partner> partner(Read& read, std::string_view column);
  /// Findings joined by ';'.
  Overrules overrules(std::string_view column);

  void add(Problem problem, std::string_view column);
  const std::vector<Problem>& problems() const { return problems_; }

 private:
  template <class T, class Parse>
  std::optional<T> taken(std::string_view column, Parse parse) {
    const std::string_view cell = text(column);
    if (cell.empty()) return std::nullopt;
    auto parsed = parse(cell);
    if (parsed) return *std::move(parsed);
    add(std::move(parsed).problem(), column);
    return std::nullopt;
  }

  const BatchRow& row_;
  const std::vector<std::string_view>& columns_;
  std::vector<Problem> problems_;
};

}  // namespace covenant
