#include "core/store/check_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "core/base/digest.hpp"
#include "core/store/replay.hpp"
#include "core/text/collator.hpp"

namespace covenant {

void check_integrity(Read& read, const Fault& fault) {
  Query query = read.query("PRAGMA integrity_check");
  while (query.step()) {
    if (query.text(0) != "ok") fault(std::string(query.text(0)));
  }
}

void check_foreign_keys(Read& read, const Fault& fault) {
  Query query = read.query("PRAGMA foreign_key_check");
  while (query.step()) {
    fault(fmt::format("table {}, row {}: names a row of {} that is not there", query.text(0),
                      query.optional_text(1).value_or("?"), query.text(2)));
  }
}

namespace {

/// A table of the projection, and its rows as texts that can be compared, in the order of the first column
/// and the second.
struct Projected {
  std::string_view table;
  const char* rows;
};

constexpr std::array<Projected, 6> projected = {{
    {"partner", R"(
SELECT id, '', quote(status) || quote(reference) || quote(name) || quote(acronym) || quote(categories) ||
       quote(level) || quote(membership_based) || quote(member_count) || quote(country) || quote(city) ||
       quote(website) || quote(language) || quote(applied_on) || quote(verified_on) || quote(approved_on) ||
       quote(partner_since) || quote(ended_on) || quote(end_reason) || quote(successor) || quote(contact) ||
       quote(contact_erased_on) || quote(changed_on) || quote(description) || quote(expertise) ||
       quote(practices) || quote(end_note)
FROM partner ORDER BY id)"},
    {"partner (index keys)", R"(
SELECT id, '', name_key || quote(host_key) || quote(acronym_key) FROM partner ORDER BY id)"},
    {"partner_event", "SELECT partner, seq, '' FROM partner_event ORDER BY partner, seq"},
    {"finding", R"(
SELECT partner, criterion, result || by_person FROM finding ORDER BY partner, criterion)"},
    {"finding_source", R"(
SELECT partner, position, quote(source) FROM finding_source ORDER BY partner, position)"},
    {"commitment", R"(
SELECT partner, seq, quote(received_on) || quote(signed_on) || quote(document) || quote(name) || quote(type) ||
       quote(exception)
FROM commitment ORDER BY partner, seq)"},
}};

constexpr Projected sort_keys{"partner (sort keys)", "SELECT id, '', hex(sort_key) FROM partner ORDER BY id"};

/// One row of either side.
struct Row {
  std::int64_t partner;
  std::string second;
  std::string rest;
};

std::optional<Row> next_row(Query& query) {
  if (!query.step()) return std::nullopt;
  return Row{query.integer(0), std::string(query.text(1)), std::string(query.text(2))};
}

void compare(Read& read, Read& replayed, const Projected& table, const Fault& fault) {
  Query stored = read.query(table.rows);
  Query expected = replayed.query(table.rows);
  for (;;) {
    const auto have = next_row(stored);
    const auto want = next_row(expected);
    if (!have && !want) return;
    const bool same = have && want && have->partner == want->partner && have->second == want->second &&
                      have->rest == want->rest;
    if (same) continue;
    fault(fmt::format("table {}: partner {} is not as the events say", table.table,
                      have && want ? std::min(have->partner, want->partner)
                      : have       ? have->partner
                                   : want->partner));
    return;  // rows after a missing one would all differ
  }
}

bool is_present_collation(Read& read) {
  Query query = read.query("SELECT value FROM property WHERE name = 'collation'");
  return query.step() && query.text(0) == Collator::version();
}

}  // namespace

void check_tables(Read& read, const Fault& fault) {
  Registry replayed = replay(read, std::nullopt);
  Read expected = replayed.read();
  for (const Projected& table : projected) compare(read, expected, table, fault);
  // Keys of an older release of the rules differ and are no damage.
  if (is_present_collation(read)) compare(read, expected, sort_keys, fault);
}

void check_evidence(Read& read, const Fault& fault) {
  Query query = read.query(
      "SELECT sha256, size, content, EXISTS (SELECT 1 FROM commitment WHERE document = sha256) "
      "FROM document ORDER BY sha256");
  while (query.step()) {
    const std::string digest(query.text(0));
    const std::string_view content = query.text(2);
    if (to_hex(bytes_of(sha256({content}))) != digest ||
        static_cast<std::int64_t>(content.size()) != query.integer(1)) {
      fault(fmt::format("document {} does not have its digest or its size any more", digest));
    }
    if (query.integer(3) == 0) fault(fmt::format("document {} belongs to no commitment", digest));
  }
}

}  // namespace covenant
