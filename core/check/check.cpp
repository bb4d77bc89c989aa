#include "core/check/check.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/check/chain.hpp"
#include "core/check/rules.hpp"
#include "core/check/sealed.hpp"
#include "core/check/sound.hpp"
#include "core/check/tables.hpp"
#include "core/history/checkpoint.hpp"
#include "core/store/document_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/link_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/raw_tables.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

bool is_of_the_file(const Error& error) {
  return error.kind() == ErrorKind::damaged || error.kind() == ErrorKind::fault;
}

/// Counts what a check finds and keeps the first.
CheckResult run(const std::string& name, Read& read,
                const std::function<void(Read&, const DamageSink&)>& test) {
  CheckResult result{.name = name, .found = 0, .first = ""};
  const DamageSink report = [&](const std::string& what) {
    if (result.found++ == 0) result.first = what;
  };
  try {
    test(read, report);
  } catch (const Error& error) {
    if (!is_of_the_file(error)) throw;
    report(error.what());
  }
  return result;
}

/// Counts the notes of a check and keeps the first.
NoteSink notes_of(CheckResult& result) {
  return [&result](const std::string& what) {
    if (result.notes++ == 0) result.first_note = what;
  };
}

/// SQLite's own check of the file, its constraints and its indexes.
void check_integrity(Read& read, const DamageSink& report) {
  for_each_file_fault(read, [&](std::string_view what) { report(std::string(what)); });
}

/// Every row that another one names exists.
void check_foreign_keys(Read& read, const DamageSink& report) {
  for_each_dangling_row(read, "", [&](const DanglingRow& row) {
    report(
        fmt::format("table {}, row {}: names a row of {} that is not there", row.table, row.row, row.named));
  });
}

/// Whether the checks of foreign keys, history, sealed values, tables and rules would all find nothing but
/// notes.
bool is_sound(Read& read, const NoteSink& note) {
  bool is_sound_so_far = true;
  const DamageSink report = [&](const std::string&) { is_sound_so_far = false; };
  try {
    demand_sound_links(read);
    for_each_dangling_row(read, "link", [&](const DanglingRow&) { is_sound_so_far = false; });
    const Date last = day_of_last_event(read);
    return have_distinct_name_keys(read) &&
           is_sound(read, [&](const Standing& standing) { check_rules(standing, last, report, note); }) &&
           is_sound_so_far;
  } catch (const Error& error) {
    if (!is_of_the_file(error)) throw;
    return false;
  }
}

void check_events(Read& read, const std::function<void(const CheckResult&)>& sink) {
  CheckResult rules{.name = "rules", .found = 0, .first = ""};
  if (is_sound(read, notes_of(rules))) {
    for (const char* name : {"foreign-keys", "history", "sealed", "tables"})
      sink({.name = name, .found = 0, .first = ""});
    sink(rules);
    return;
  }
  // Something is wrong: each check reports what and where.
  sink(run("foreign-keys", read, check_foreign_keys));
  sink(run("history", read, check_history));
  sink(run("sealed", read, check_sealed));
  sink(run("tables", read, check_tables));
  CheckResult noted{.name = "rules", .found = 0, .first = ""};
  CheckResult found = run("rules", read, [&](Read& all, const DamageSink& report) {
    check_rules(all, report, notes_of(noted));
    demand_sound_links(all);
  });
  found.notes = noted.notes;
  found.first_note = noted.first_note;
  sink(found);
}

/// Every stored document has the digest and size that it is known by, and belongs to a partner.
void check_evidence(Read& read, const DamageSink& report) {
  for_each_document(read, [&](const StoredDocument& document) {
    if (document.found_sha256 != document.sha256) {
      report(fmt::format("document {}: altered, its SHA-256 is {}", document.sha256, document.found_sha256));
    }
    if (document.found_size != document.size) {
      report(fmt::format("document {}: it has {} bytes, not {}", document.sha256, document.found_size,
                         document.size));
    }
    if (!document.is_named) report(fmt::format("document {}: it belongs to no partner", document.sha256));
  });
  for_each_missing_document(read, [&](const MissingDocument& missing) {
    report(fmt::format("document {}: it is missing; {} has it (event {})", missing.sha256,
                       missing.partner.str(), missing.seq));
  });
}

}  // namespace

void check_registry(Read& read, const std::function<void(const CheckResult&)>& sink) {
  read.keep_more_pages();
  sink(run("integrity", read, check_integrity));
  check_events(read, sink);
  sink(run("evidence", read, check_evidence));
  if (is_erasure_unfinished(read)) {
    CheckResult result{.name = "erasure", .first = {}};
    result.notes = 1;
    result.first_note = "interrupted: the files still have erased values; any changing command removes them";
    sink(result);
  }
}

CheckResult check_against(Read& read, std::string_view note, const Ed25519Key* key) {
  return run("checkpoint", read, [&](Read&, const DamageSink& report) {
    if (const auto contradiction = find_contradiction(read, note, key)) report(*contradiction);
  });
}

}  // namespace covenant
