#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/ed25519.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What one test of the registry found.
struct CheckResult {
  std::string name;  ///< "integrity", "foreign-keys", "history", "sealed", "tables", "rules", "evidence"
  std::uint64_t faults = 0;
  std::string first_fault;  ///< empty when there is none

  bool holds() const { return faults == 0; }
};

/// Runs every test, in that order, and visits each result as it is known. A test that damage keeps from
/// running has found a fault. Source: covenant-check(1).
void check_registry(Read& read, const std::function<void(const CheckResult&)>& give);

/// Tests that the history extends the one of a checkpoint (`find_contradiction`); the result is "checkpoint".
CheckResult check_against(Read& read, std::string_view note, const Ed25519Key* key);

}  // namespace covenant
