#pragma once

#include <array>
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

/// Whether no criterion failed.
bool all_pass(const Findings& findings);
/// The criteria that failed, in their order.
std::vector<Criterion> failed(const Findings& findings);

/// For people: what the rule of a failed criterion asks for ("a website …").
std::string_view requirement(Criterion criterion);

/// What a verification found, and what was consulted for it.
struct Verification {
  Findings findings;
  std::vector<Remark> sources;
};

}  // namespace covenant
