#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/code.hpp"
#include "core/base/result.hpp"

namespace covenant {

/// What a registry can demand of those who work with it. Source: covenant-policy(1).
enum class Policy { four_eyes, commitment };

template <>
struct Codes<Policy> {
  static constexpr std::string_view noun = "a policy";
  static constexpr std::array<std::string_view, 2> codes = {"four-eyes", "commitment"};
};

inline constexpr std::size_t policy_count = Codes<Policy>::codes.size();

/// The values of a policy, from the weakest to the strictest.
std::span<const std::string_view> values_of(Policy policy);

/// A policy with one of its values, which are ordered from the weakest to the strictest.
class PolicyValue {
 public:
  /// The weakest value, with which every registry begins.
  explicit constexpr PolicyValue(Policy policy) : policy_(policy) {}

  /// Reads "any", "signed" or "trusted" of `commitment`, "off" or "on" of `four-eyes`. Fails with `choice`.
  static Result<PolicyValue> parse(Policy policy, std::string_view text);

  Policy policy() const { return policy_; }
  std::string_view str() const;
  /// Whether it demands less than another value of the same policy.
  bool is_weaker_than(const PolicyValue& other) const { return rank_ < other.rank_; }
  bool is_weakest() const { return rank_ == 0; }
  friend bool operator==(const PolicyValue&, const PolicyValue&) = default;

 private:
  PolicyValue(Policy policy, std::uint8_t rank) : policy_(policy), rank_(rank) {}

  Policy policy_;
  std::uint8_t rank_ = 0;
};

/// Whether a value takes effect, or is one that waits for a second actor.
enum class PolicyStep { takes_effect, is_proposed };

/// One decision about a policy.
struct PolicyChange {
  PolicyValue old;  ///< in force before
  PolicyValue to;
  PolicyStep step;
};

/// A value of every policy.
class Policies {
 public:
  const PolicyValue& of(Policy policy) const { return values_[static_cast<std::size_t>(policy)]; }
  void set(const PolicyValue& value) { values_[static_cast<std::size_t>(value.policy())] = value; }
  /// Sets it unless what is there demands as much.
  void tighten(const PolicyValue& value);
  friend bool operator==(const Policies&, const Policies&) = default;

 private:
  std::array<PolicyValue, policy_count> values_ = {PolicyValue(Policy::four_eyes),
                                                   PolicyValue(Policy::commitment)};
};

/// Of each policy the value that demands more.
Policies stricter(Policies a, const Policies& b);

}  // namespace covenant
