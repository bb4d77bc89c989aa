#include "core/ops/row_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/text.hpp"
#include "core/ops/find.hpp"
#include "core/text/escape.hpp"

namespace covenant {

Result<PersonFinding> parse_finding(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return Problem::of(ProblemCode::choice, text,
                       fmt::format("{} is not CRITERION=pass or CRITERION=fail", revealed_in_quotes(text)));
  }
  const auto criterion = parse_code<Criterion>(trimmed(text.substr(0, equals)));
  if (!criterion) return criterion.problem();
  const auto verdict = parse_code<Verdict>(trimmed(text.substr(equals + 1)));
  if (!verdict) return verdict.problem();
  return PersonFinding{*criterion, *verdict};
}

std::vector<std::string_view> RowFields::texts(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  const auto place = static_cast<std::size_t>(found - columns_.begin());
  std::vector<std::string_view> given;
  if (options_ != nullptr) {
    for (const std::string& text : options_->at(place)) given.push_back(trimmed(text));
  } else if (const auto& cell = row_->cells.at(place); cell && !trimmed(*cell).empty()) {
    given.push_back(trimmed(*cell));
  }
  return given;
}

std::optional<std::string_view> RowFields::text(std::string_view column) const {
  const auto given = texts(column);
  return given.empty() ? std::nullopt : std::optional(given.front());
}

std::optional<Date> RowFields::past_date(std::string_view column, Date today) {
  return parsed<Date>(column, [&](std::string_view text) { return parse_past_date(text, today); });
}

Overrides RowFields::overrides(std::string_view column) {
  Overrides overrides;
  for (std::string_view rest : texts(column)) {
    do {
      const std::size_t end = rest.find(';');
      auto finding = parse_finding(trimmed(rest.substr(0, end)));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (!finding) {
        add(std::move(finding).problem(), column);
        continue;
      }
      auto& found = overrides[static_cast<std::size_t>(finding->criterion)];
      if (found && *found != finding->verdict) {
        add(Problem::of(
                ProblemCode::choice, code_of(finding->criterion),
                fmt::format("'{}' has two results, pass and fail; write one", code_of(finding->criterion))),
            column);
      }
      found = finding->verdict;
    } while (!rest.empty());
  }
  return overrides;
}

std::optional<Partner> RowFields::partner(Read& read, std::string_view column) {
  const auto ref = text(column);
  if (!ref) {
    add(Problem::of(ProblemCode::required, "", "empty; write an id or reference"), column);
    return std::nullopt;
  }
  auto found = find_by_ref(read, *ref);
  if (auto* problem = std::get_if<Problem>(&found)) {
    add(std::move(*problem), column);
    return std::nullopt;
  }
  return std::get<Partner>(std::move(found));
}

void RowFields::add(Problem problem, std::string_view column) {
  problem.column = column;
  problems_.push_back(std::move(problem));
}

}  // namespace covenant
