#include "core/check/check.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/check/rules.hpp"
#include "core/check/sound.hpp"
#include "core/check/tables.hpp"
#include "core/history/checkpoint.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

namespace {

bool is_of_the_file(const Error& error) {
  return error.kind() == ErrorKind::damaged || error.kind() == ErrorKind::fault;
}

/// Counts what a test finds and keeps the first.
CheckResult run(const std::string& name, Read& read, const std::function<void(Read&, const Fault&)>& test) {
  CheckResult result{name, 0, ""};
  const Fault fault = [&](const std::string& what) {
    if (result.faults++ == 0) result.first_fault = what;
  };
  try {
    test(read, fault);
  } catch (const Error& error) {
    if (!is_of_the_file(error)) throw;
    fault(error.what());
  }
  return result;
}

/// Whether the tests of history, sealed values, tables and rules would all find nothing.
bool is_sound(Read& read) {
  bool holds = true;
  const Fault fault = [&](const std::string&) { holds = false; };
  try {
    const Date last = day_of_last_event(read);
    return have_distinct_name_keys(read) &&
           is_sound(read, [&](const Standing& standing) { check_rules(standing, last, fault); }) && holds;
  } catch (const Error& error) {
    if (!is_of_the_file(error)) throw;
    return false;
  }
}

void test_events(Read& read, const std::function<void(const CheckResult&)>& give) {
  if (is_sound(read)) {
    for (const char* name : {"history", "sealed", "tables", "rules"}) give({name, 0, ""});
    return;
  }
  // Something is wrong: each test reports what and where.
  give(run("history", read, check_history));
  give(run("sealed", read, check_sealed));
  give(run("tables", read, check_tables));
  give(run("rules", read, [](Read& all, const Fault& fault) { check_rules(all, fault); }));
}

}  // namespace

void check_registry(Read& read, const std::function<void(const CheckResult&)>& give) {
  give(run("integrity", read, check_integrity));
  give(run("foreign-keys", read, check_foreign_keys));
  test_events(read, give);
  give(run("evidence", read, check_evidence));
}

CheckResult check_against(Read& read, std::string_view note, const Ed25519Key* key) {
  return run("checkpoint", read, [&](Read&, const Fault& fault) {
    if (const auto contradiction = find_contradiction(read, note, key)) fault(*contradiction);
  });
}

}  // namespace covenant
