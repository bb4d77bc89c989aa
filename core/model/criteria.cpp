#include "core/model/criteria.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace covenant {

namespace {

bool meets(Criterion criterion, const Application& a) {
  switch (criterion) {
    case Criterion::membership:
      if (a.membership_based) return *a.membership_based == MembershipBased::yes;
      return a.member_count && a.member_count->number() >= 2;
    case Criterion::scope:
      return a.level == Level::european || a.level == Level::international;
    case Criterion::category:
      return !a.categories.has(Category::other) || a.expertise;
    case Criterion::contact:
      return a.contact.has_value();
    case Criterion::website:
      return a.website.has_value();
  }
  return false;
}

}  // namespace

Findings evaluate(const Application& application, const Overrides& overrides) {
  Findings findings;
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const Verdict by_rule = meets(static_cast<Criterion>(i), application) ? Verdict::pass : Verdict::fail;
    findings[i] = {overrides[i].value_or(by_rule), overrides[i].has_value()};
  }
  return findings;
}

std::optional<Criterion> criterion_of(Field field) {
  if (info_of(field).is_of_contact) return Criterion::contact;
  if (field == "membership_based"_field || field == "member_count"_field) return Criterion::membership;
  if (field == "level"_field) return Criterion::scope;
  if (field == "categories"_field || field == "expertise"_field) return Criterion::category;
  if (field == "website"_field) return Criterion::website;
  return std::nullopt;
}

Criteria differing_criteria(const Application& a, const Application& b) {
  Criteria differing;
  for (const Field field : all_fields) {
    const auto criterion = criterion_of(field);
    if (criterion && field_text(a, field) != field_text(b, field))
      differing.set(static_cast<std::size_t>(*criterion));
  }
  return differing;
}

Findings evaluate_again(const Application& application, const Findings& recorded, const Criteria& changed) {
  Overrides overrides;
  for (std::size_t i = 0; i < criterion_count; ++i) {
    if (recorded[i].by_person && !changed[i]) overrides[i] = recorded[i].verdict;
  }
  return evaluate(application, overrides);
}

bool all_pass(const Findings& findings) {
  return std::all_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.verdict == Verdict::pass; });
}

std::vector<Criterion> failed(const Findings& findings) {
  std::vector<Criterion> failed;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].verdict == Verdict::fail) failed.push_back(static_cast<Criterion>(i));
  }
  return failed;
}

std::string_view requirement(Criterion criterion) {
  switch (criterion) {
    case Criterion::membership:
      return "it must be made of members: membership_based yes, or 2 members or more";
    case Criterion::scope:
      return "its level must be european or international";
    case Criterion::category:
      return "it must have a category and, with 'other', describe its expertise";
    case Criterion::contact:
      return "it must have a contact person with an e-mail address";
    case Criterion::website:
      return "it must have a website";
  }
  return "";
}

std::string shortcoming(Criterion criterion, const Findings& findings) {
  const bool by_person = findings[static_cast<std::size_t>(criterion)].by_person;
  return fmt::format("{} ({})", code_of(criterion), by_person ? "as a person found" : requirement(criterion));
}

std::string shortcomings(const Findings& findings) {
  std::string text;
  for (const Criterion criterion : failed(findings))
    text.append(text.empty() ? "" : "; ").append(shortcoming(criterion, findings));
  return text;
}

}  // namespace covenant
