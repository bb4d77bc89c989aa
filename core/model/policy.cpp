#include "core/model/policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::array<std::string_view, 3> commitment_values = {"any", "signed", "trusted"};
constexpr std::array<std::string_view, 2> four_eyes_values = {"off", "on"};

}  // namespace

std::span<const std::string_view> values_of(Policy policy) {
  if (policy == Policy::commitment) return commitment_values;
  return four_eyes_values;
}

Result<PolicyValue> PolicyValue::parse(Policy policy, std::string_view text) {
  const auto values = values_of(policy);
  const auto at = std::find(values.begin(), values.end(), text);
  if (at == values.end()) {
    return Problem::of(ProblemCode::choice, text,
                       fmt::format("{} is not a value of {}; write one of {}", in_quotes(text),
                                   code_of(policy), fmt::join(values, ", ")));
  }
  return PolicyValue(policy, static_cast<std::uint8_t>(at - values.begin()));
}

std::string_view PolicyValue::str() const {
  return values_of(policy_)[rank_];
}

void Policies::tighten(const PolicyValue& value) {
  if (of(value.policy()).is_weaker_than(value)) set(value);
}

Policies stricter(Policies a, const Policies& b) {
  for (std::size_t i = 0; i < policy_count; ++i) a.tighten(b.of(static_cast<Policy>(i)));
  return a;
}

}  // namespace covenant
