#pragma once

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/model/form.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// The eligibility tests. Source: covenant-lifecycle(7), CRITERIA.
enum class Criterion { membership, scope, category, contact, website };

template <>
struct Codes<Criterion> {
  static constexpr std::array<std::string_view, 5> codes = {"membership", "scope", "category", "contact",
                                                            "website"};
};

inline constexpr std::size_t criterion_count = 5;

/// What is found on a criterion.
enum class Verdict { fail, pass };

template <>
struct Codes<Verdict> {
  static constexpr std::array<std::string_view, 2> codes = {"fail", "pass"};
};

/// What was found on one criterion: by the rule, or by a person who overruled it.
struct Finding {
  Verdict verdict = Verdict::fail;
  bool by_person = false;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// One finding for each criterion, in the order of the enumeration.
using Findings = std::array<Finding, criterion_count>;

/// A person's verdicts, where there are any.
using Overrides = std::array<std::optional<Verdict>, criterion_count>;

/// Applies every rule, then what a person found instead.
Findings evaluate(const Application& application, const Overrides& overrides);

/// Some of the criteria.
using Criteria = std::bitset<criterion_count>;

/// The criterion that looks at the field, if one does.
std::optional<Criterion> criterion_of(Field field);

/// The criteria that look at a field in which the two differ.
Criteria differing_criteria(const Application& a, const Application& b);

/// Evaluates what was verified before once more. A person's finding counts, unless the values that it was
/// made about have `changed`.
Findings evaluate_again(const Application& application, const Findings& recorded, const Criteria& changed);

/// Whether no criterion failed.
bool all_pass(const Findings& findings);
/// The criteria that failed, in their order.
std::vector<Criterion> failed(const Findings& findings);

/// What the rule of a criterion asks for, for people ("it must have a website").
std::string_view requirement(Criterion criterion);
/// For people: a criterion that failed, and what its rule asks for ("website (it must have a website)").
std::string shortcoming(Criterion criterion, const Findings& findings);
/// The same of all that failed, separated by semicolons.
std::string shortcomings(const Findings& findings);

/// What a verification found, and what was consulted for it.
struct Verification {
  Findings findings;
  std::vector<Remark> sources;
};

}  // namespace covenant
