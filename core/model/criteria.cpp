#include "core/model/criteria.hpp"

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

}  // namespace covenant
