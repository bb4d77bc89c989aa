#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/converted.hpp"
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

/// Where a command's inputs come from. An option that is given counts even when it is empty; an empty cell of
/// a row is the same as none.
enum class InputOrigin { options, row };

/// The texts of options by column: an option that may be repeated has several.
using OptionTexts = std::vector<std::vector<std::string>>;

/// A command's inputs, given as options or as the cells of a row, parsed by column name; collects the
/// problems.
class RowFields {
 public:
  /// All of them have to live as long as this object.
  RowFields(const BatchRow& row, const std::vector<std::string_view>& columns)
      : row_(&row), columns_(columns) {}
  RowFields(const OptionTexts& options, const std::vector<std::string_view>& columns)
      : options_(&options), columns_(columns) {}

  /// A text in another form is read as what it clearly means, with a note.
  void be_lenient() { leniency_ = Leniency::conversions; }

  /// The line on which the row begins; 0 for options.
  std::uint64_t line() const { return row_ == nullptr ? 0 : row_->line; }
  InputOrigin origin() const { return options_ != nullptr ? InputOrigin::options : InputOrigin::row; }

  /// Every text given for that column, without white space around it.
  std::vector<std::string_view> texts(std::string_view column) const;
  /// The first of them.
  std::optional<std::string_view> text(std::string_view column) const;

  /// The text by its type's parser; nothing when it is not given or has a problem.
  template <class T>
  std::optional<T> optional(std::string_view column) {
    return parsed<T>(column, [](std::string_view text) { return T::parse(text); });
  }
  template <class E>
  std::optional<E> code(std::string_view column) {
    return parsed<E>(column, [](std::string_view text) { return parse_code<E>(text); });
  }
  /// Every text given, by its type's parser.
  template <class T>
  std::vector<T> each(std::string_view column) {
    std::vector<T> values;
    for (const std::string_view text : texts(column)) {
      auto value = T::parse(text);
      if (value) {
        values.push_back(*std::move(value));
      } else {
        add(std::move(value).problem(), column);
      }
    }
    return values;
  }
  std::optional<Date> past_date(std::string_view column, Date today);
  /// Findings, joined by ';' or each given for itself; two results for one criterion are the problem
  /// `choice`.
  Overrides overrides(std::string_view column);

  /// The partner named there; nothing, and a problem, when there is none.
  std::optional<Partner> partner(Read& read, std::string_view column);

  void add(Problem problem, std::string_view column);
  void add(Note note) { notes_.push_back(std::move(note)); }
  const Problems& problems() const { return problems_; }
  /// What was read as something else (`converted`), and what a command noted of its inputs.
  const Notes& notes() const { return notes_; }

 private:
  template <class T, class Parse>
  std::optional<T> parsed(std::string_view column, Parse parse) {
    const auto given = text(column);
    if (!given) return std::nullopt;
    auto value = parse(*given);
    if (value) return *std::move(value);
    if (leniency_ == Leniency::conversions) {
      if constexpr (requires { FieldType<T>::suggest(*given); }) {
        if (const auto meant = FieldType<T>::suggest(*given)) {
          value = parse(*meant);
          if (value) notes_.push_back(converted(*given, *meant, column));
          if (value) return *std::move(value);
        }
      }
    }
    add(std::move(value).problem(), column);
    return std::nullopt;
  }

  const BatchRow* row_ = nullptr;
  const OptionTexts* options_ = nullptr;
  const std::vector<std::string_view>& columns_;
  Leniency leniency_ = Leniency::none;
  Problems problems_;
  Notes notes_;
};

}  // namespace covenant
