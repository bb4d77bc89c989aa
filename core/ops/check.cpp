#include "core/ops/check.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/ops/check_rules.hpp"
#include "core/ops/checkpoint.hpp"
#include "core/store/check_tables.hpp"

namespace covenant {

namespace {

/// Counts what a test finds and keeps the first.
CheckResult run(const std::string& name, Read& read, const std::function<void(Read&, const Fault&)>& test) {
  CheckResult result{name, 0, ""};
  const Fault fault = [&](const std::string& what) {
    if (result.faults++ == 0) result.first_fault = what;
  };
  try {
    test(read, fault);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::damaged && error.kind() != ErrorKind::fault) throw;
    fault(error.what());
  }
  return result;
}

}  // namespace

void check_registry(Read& read, const std::function<void(const CheckResult&)>& give) {
  give(run("integrity", read, check_integrity));
  give(run("foreign-keys", read, check_foreign_keys));
  give(run("history", read, check_history));
  give(run("sealed", read, check_sealed));
  give(run("tables", read, check_tables));
  give(run("rules", read, check_rules));
  give(run("evidence", read, check_evidence));
}

CheckResult check_against(Read& read, std::string_view note, const Ed25519Key* key) {
  return run("checkpoint", read, [&](Read&, const Fault& fault) {
    if (const auto contradiction = find_contradiction(read, note, key)) fault(*contradiction);
  });
}

}  // namespace covenant
