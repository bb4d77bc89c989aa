#include "core/ops/row_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/text.hpp"
#include "core/ops/find.hpp"

namespace covenant {

Result<PersonFinding> parse_finding(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return Problem{ProblemCode::choice, std::string(text),
                   fmt::format("'{}' is not CRITERION=pass or CRITERION=fail", text), "", 0};
  }
  const auto criterion = parse_code<Criterion>(trimmed(text.substr(0, equals)));
  if (!criterion) return criterion.problem();
  const auto verdict = parse_code<Verdict>(trimmed(text.substr(equals + 1)));
  if (!verdict) return verdict.problem();
  return PersonFinding{*criterion, *verdict};
}

std::string_view RowFields::text(std::string_view column) const {
  const auto place = std::find(columns_.begin(), columns_.end(), column);
  const auto& cell = row_[static_cast<std::size_t>(place - columns_.begin())];
  return cell ? trimmed(*cell) : std::string_view();
}

std::optional<Date> RowFields::past_date(std::string_view column, Date today) {
  return taken<Date>(column, [&](std::string_view cell) { return parse_past_date(cell, today); });
}

std::optional<Partner> RowFields::partner(Read& read, std::string_view column) {
  const std::string_view ref = text(column);
  if (ref.empty()) {
    add({ProblemCode::required, "", "the row has to name a partner", "", 0}, column);
    return std::nullopt;
  }
  auto found = find_by_ref(read, ref);
  if (auto* problem = std::get_if<Problem>(&found)) {
    add(std::move(*problem), column);
    return std::nullopt;
  }
  return std::get<Partner>(std::move(found));
}

Overrules RowFields::overrules(std::string_view column) {
  Overrules overrules;
  std::string_view rest = text(column);
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    auto finding = parse_finding(trimmed(rest.substr(0, end)));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (finding) {
      overrules[static_cast<std::size_t>(finding->criterion)] = finding->verdict;
    } else {
      add(std::move(finding).problem(), column);
    }
  }
  return overrules;
}

void RowFields::add(Problem problem, std::string_view column) {
  problem.column = column;
  problems_.push_back(std::move(problem));
}

}  // namespace covenant
