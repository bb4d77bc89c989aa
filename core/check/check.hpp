#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/ed25519.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Called with each thing that is wrong: "event 7: …".
using DamageSink = std::function<void(const std::string&)>;

/// Called with what an earlier version accepted and a later rule refuses: "AP-0012: website: …".
using NoteSink = std::function<void(const std::string&)>;

/// What one check of the registry found. Notes are no faults.
struct CheckResult {
  std::string name;  ///< "integrity", "foreign-keys", "history", "sealed", "tables", "rules", "evidence",
                     ///< "erasure"
  std::uint64_t found = 0;
  std::string first;  ///< empty when nothing was found
  std::uint64_t notes = 0;
  std::string first_note{};

  bool is_ok() const { return found == 0; }
};

/// Runs every check, in that order, and passes on each result as it is known; "erasure" only when one is
/// unfinished. That damage keeps a check from
/// running is something that it found. Source: covenant-check(1).
void check_registry(Read& read, const std::function<void(const CheckResult&)>& sink);

/// Checks that the history extends the one of a checkpoint (`find_contradiction`); the result is
/// "checkpoint".
CheckResult check_against(Read& read, std::string_view note, const Ed25519Key* key);

}  // namespace covenant
