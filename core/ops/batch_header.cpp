#include "core/ops/batch_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "core/text/csv_header.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// Reads the names of one header.
class HeaderReader {
 public:
  HeaderReader(const std::vector<CsvField>& names, const BatchColumns& columns)
      : names_(names), columns_(columns) {
    for (const CsvField& field : names_) folded_.push_back(without_alias(folded_column_name(field.text)));
  }

  BatchHeader read() {
    for (std::size_t i = 0; i < names_.size(); ++i) read_name(i);
    if (knows_none_) {
      header_.problems = {problem("", "no known column in the first line; see 'covenant help csv'")};
    } else {
      find_missing();
    }
    return std::move(header_);
  }

 private:
  /// The one of `names` that is meant, whatever its case, blanks and hyphens.
  template <class Names>
  static auto find_in(const Names& names, const std::string& folded) {
    return std::find_if(std::begin(names), std::end(names),
                        [&](std::string_view name) { return folded_column_name(name) == folded; });
  }

  std::string without_alias(std::string folded) const {
    for (const ColumnAlias& other : columns_.aliases) {
      if (folded == folded_column_name(other.alias)) return folded_column_name(other.name);
    }
    return folded;
  }

  bool is_in_file(std::string_view name) const {
    return std::find(folded_.begin(), folded_.end(), folded_column_name(name)) != folded_.end();
  }

  Problem problem(std::string_view name, std::string message) const {
    return {ProblemCode::columns, std::string(name), std::move(message), std::string(name),
            names_.front().line};
  }

  void read_name(std::size_t place) {
    const std::string_view name = names_[place].text;
    const std::string& folded = folded_[place];
    const auto known = find_in(columns_.known, folded);
    const bool is_known = known != columns_.known.end();
    const bool is_error = find_in(error_columns, folded) != std::end(error_columns);
    const bool is_ignored =
        is_in_file(without_alias("id")) && find_in(columns_.ignored, folded) != columns_.ignored.end();
    header_.is_error_column.push_back(is_error);
    header_.is_unnamed.push_back(folded.empty());
    header_.known.push_back(is_known ? std::optional(static_cast<std::size_t>(known - columns_.known.begin()))
                                     : std::nullopt);
    if (folded.empty()) return;
    if (find_invalid_utf8(name)) {
      header_.problems.push_back({ProblemCode::encoding, std::string(name),
                                  fmt::format("the header is not UTF-8: {}", in_quotes(name)), "",
                                  names_.front().line});
      knows_none_ = false;
    } else if (!is_known && !is_error && !is_ignored) {
      header_.problems.push_back(unknown(name));
    } else if (const auto first = std::find(folded_.begin(), folded_.end(), folded);
               first < folded_.begin() + static_cast<std::ptrdiff_t>(place)) {
      const std::string_view own_name =
          is_known ? *known : names_[static_cast<std::size_t>(first - folded_.begin())].text;
      const std::string spelling = name == own_name ? "" : fmt::format(", as {}", in_quotes(name));
      header_.problems.push_back(
          problem(own_name, fmt::format("column appears twice ({} and {}{}); remove one",
                                        first - folded_.begin() + 1, place + 1, spelling)));
    }
    knows_none_ = knows_none_ && !is_known && !is_ignored;
  }

  /// A near miss takes the place of the column that it misses, which is not reported as missing as well.
  Problem unknown(std::string_view name) {
    std::vector<std::string_view> absent;
    std::copy_if(columns_.known.begin(), columns_.known.end(), std::back_inserter(absent),
                 [&](std::string_view known) { return !is_in_file(known) && !was_suggested(known); });
    const auto near_absent = nearest(name, absent);
    const auto near = near_absent ? near_absent : nearest(name, columns_.known);
    if (!near) return problem(name, "unknown column; see 'covenant help csv'");
    suggested_.push_back(*near);
    knows_none_ = false;
    return problem(name, fmt::format("unknown column; did you mean '{}'?", *near));
  }

  bool was_suggested(std::string_view name) const {
    return std::find(suggested_.begin(), suggested_.end(), name) != suggested_.end();
  }

  void find_missing() {
    const auto& naming = columns_.naming;
    const auto is_here = [this](std::string_view name) { return is_in_file(name); };
    if (std::any_of(naming.begin(), naming.end(), is_here)) return;
    std::vector<std::string_view> missing;
    for (const std::string_view name : columns_.required) {
      if (!is_in_file(name) && !was_suggested(name)) missing.push_back(name);
    }
    if (missing.size() == 1)
      header_.problems.push_back(problem(missing.front(), "column is missing; add it"));
    if (missing.size() > 1) {
      const std::string all = fmt::format("{}", fmt::join(missing, ", "));
      header_.problems.push_back(
          {ProblemCode::columns, all, "missing columns: " + all, "", names_.front().line});
    }
  }

  const std::vector<CsvField>& names_;
  const BatchColumns& columns_;
  std::vector<std::string> folded_;
  std::vector<std::string_view> suggested_;
  bool knows_none_ = true;
  BatchHeader header_;
};

}  // namespace

BatchHeader read_header(const std::vector<CsvField>& names, const BatchColumns& columns) {
  return HeaderReader(names, columns).read();
}

}  // namespace covenant
