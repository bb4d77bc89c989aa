#include "core/store/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/embedded.hpp"
#include "core/embedded_schemas.hpp"
#include "core/model/public_list.hpp"
#include "core/model/status.hpp"
#include "core/store/database.hpp"
#include "core/store/former_name_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/schema.hpp"
#include "core/store/sealed_table.hpp"

// How it works, and why.
//
// The schema has a version, which SQLite keeps in the file's header (PRAGMA user_version). Whoever changes
// schema.sql after a release keeps the released text as store/schemas/version-N.sql and raises the version in
// schema.sql; the number of the kept texts is the version before. They stay, so that a registry of any age is
// led through all of them. Each step rebuilds what differs, a table with its rows (`remake_schema`); what
// that cannot do, such as filling a new table or one with another key, is a `Migration` in the list below.
//
// The steps run inside the transaction that first writes (`Write` begins with them): either that command's
// change and the new schema are both there, or neither, and a dry run leaves the file as it was. A reader may
// not write, and statements are made for the present schema alone: it reads a migrated copy of an older file
// (`Registry::open`), until somebody writes. A newer file is refused, as nobody can know what its rows mean.
//
// The schema that the steps lead to is compared with schema.sql by `check`, and by a test over a kept dump of
// a registry of each earlier version.

namespace covenant {

std::string_view SchemaHistory::text_of(int of_version) const {
  return of_version == version() ? text : released[static_cast<std::size_t>(of_version - 1)];
}

namespace {

void put_sealed_aside(Connection& connection) {
  connection.execute("ALTER TABLE sealed RENAME TO sealed_by_field");
}

/// Event and field of a sealed value become one number.
void fill_sealed(Connection& connection) {
  connection.execute(fmt::format(
      "INSERT INTO sealed (id, salt, value) "
      "SELECT iif(field = 'contact', {}, {}), salt, value FROM sealed_by_field ORDER BY seq, field",
      sealed_id("seq", "contact"), sealed_id("seq", "signed_by")));
}

/// Finds the joinings that were entered in error: the ending that follows says so.
void annul_joinings(Connection& connection) {
  connection.execute(R"(
UPDATE commitment SET annulled_by = (
  SELECT iif(body ->> '$.new.end_reason' = 'entered-in-error', seq, NULL) FROM (
    SELECT e.seq, e.body FROM partner_event pe JOIN event e ON e.seq = pe.seq
    WHERE pe.partner = commitment.partner AND pe.seq > commitment.seq
      AND e.body ->> '$.action' IN ('revoke', 'withdraw')
    ORDER BY pe.seq LIMIT 1)))");
}

/// The events of version 1 about partners: their partner and number, the status that they set, and whether
/// they set or empty a public field, set or empty the day of an ending, set a name, or a first day of
/// joining.
std::string events_of_partners() {
  std::string names;
  for (const std::string_view name : Codes<PublicField>::codes)
    names.append(names.empty() ? "'" : "', '").append(name);
  return R"(
SELECT pe.partner, e.seq, body ->> '$.new.status',
  EXISTS (SELECT 1 FROM json_each(body, '$.new') WHERE key IN ()" +
         names + R"(')) OR EXISTS (SELECT 1 FROM json_each(body, '$.old') WHERE key IN ()" + names + R"(')),
  body ->> '$.new.ended_on' IS NOT NULL, body ->> '$.old.ended_on' IS NOT NULL,
  body ->> '$.new.name' IS NOT NULL, body ->> '$.new.partner_since' IS NOT NULL
FROM partner_event pe JOIN event e ON e.seq = pe.seq ORDER BY pe.partner, pe.seq)";
}

/// Finds the last event of each partner that changed what the public sees of it.
void find_public_changes(Connection& connection) {
  std::int64_t partner = 0;
  bool is_listed = false;
  bool has_ended = false;
  bool has_joined = false;
  for (Query event = connection.query(events_of_partners()); event.step();) {
    if (event.integer(0) != std::exchange(partner, event.integer(0)))
      is_listed = has_ended = has_joined = false;
    const bool was_listed = is_listed;
    if (!event.is_null(2)) is_listed = event.text(2) == code_of(Status::approved);
    const bool sets_ending = event.integer(4) != 0;
    const bool touches_ending = sets_ending || event.integer(5) != 0;
    const bool changes_former = has_joined && (touches_ending || (has_ended && event.integer(6) != 0));
    if (touches_ending) has_ended = sets_ending;
    if (event.integer(7) != 0) has_joined = true;
    if (was_listed != is_listed || (is_listed ? event.integer(3) != 0 : changes_former)) {
      connection.query("UPDATE partner SET changed = ?2 WHERE id = ?1").with(partner, event.integer(1)).run();
    }
  }
}

/// Finds the endings.
void fill_endings(Connection& connection) {
  connection.execute(R"(
INSERT INTO ending (seq, partner, was, ended_on, end_reason)
SELECT e.seq, pe.partner, e.body ->> '$.old.status', e.body ->> '$.new.ended_on', e.body ->> '$.new.end_reason'
FROM partner_event pe JOIN event e ON e.seq = pe.seq
WHERE e.body ->> '$.action' IN ('revoke', 'withdraw'))");
}

}  // namespace

const SchemaHistory& schema_history() {
  static const std::array<Migration, 1> steps = {
      {{.from = 1, .prepare = put_sealed_aside, .fill = [](Connection& connection) {
          fill_sealed(connection);
          annul_joinings(connection);
          find_public_changes(connection);
          fill_endings(connection);
          renew_similarity_keys(connection);
          fill_former_names(connection);
        }}}};
  static const SchemaHistory history{
      .released = embedded::released_schemas(), .text = embedded::schema, .steps = steps};
  return history;
}

int version_of(Connection& connection) {
  Query query = connection.query("PRAGMA user_version");
  query.step();
  return static_cast<int>(query.integer(0));
}

void migrate(Connection& connection) {
  const SchemaHistory& schema = connection.schema();
  const int before = version_of(connection);
  if (before == schema.version()) return;
  for (int version = before; version != schema.version(); ++version) {
    const auto step = std::find_if(schema.steps.begin(), schema.steps.end(),
                                   [&](const Migration& one) { return one.from == version; });
    const bool has_step = step != schema.steps.end();
    if (has_step && step->prepare != nullptr) step->prepare(connection);
    remake_schema(connection, schema.text_of(version + 1), [&] {
      if (has_step) step->fill(connection);
    });
    connection.execute("PRAGMA user_version = " + std::to_string(version + 1));
  }
  demand_schema(connection, connection.database().getFilename(), schema.text);
}

}  // namespace covenant
