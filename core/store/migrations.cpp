#include "core/store/migrations.hpp"

#include <algorithm>
#include <string>

#include "core/base/error.hpp"
#include "core/embedded.hpp"
#include "core/store/database.hpp"
#include "core/store/schema.hpp"

// How it works, and why.
//
// The schema has a version, which SQLite keeps in the file's header (PRAGMA user_version). Whoever changes
// schema.sql raises `version` below and adds the step that leads there from the version before; steps of
// earlier releases stay, so that a registry of any age is led through all of them. A table that has to be
// another is made beside the old one, filled, and renamed (SQLite documentation, "ALTER TABLE", section 7:
// the twelve steps).
//
// The steps run inside the transaction that first writes (`Write` begins with them): either that command's
// change and the new schema are both there, or neither, and a dry run leaves the file as it was. A reader may
// not write, and statements are made for the present schema alone: it reads a migrated copy of an older file
// (`Registry::open`), until somebody writes. A newer file is refused, as nobody can know what its rows mean.
//
// The schema that the steps lead to is compared with schema.sql by `check`, and by a test over a kept dump of
// a registry of each earlier version.

namespace covenant {

namespace {

const Migration& step_from(const SchemaHistory& schema, int version) {
  const auto step = std::find_if(schema.steps.begin(), schema.steps.end(),
                                 [&](const Migration& migration) { return migration.from == version; });
  if (step == schema.steps.end()) {
    throw Error(ErrorKind::fault, "no step leads from version " + std::to_string(version) +
                                      " of the schema to " + std::to_string(schema.version));
  }
  return *step;
}

}  // namespace

std::string_view SchemaHistory::text_of(int of_version) const {
  return of_version == version ? text : step_from(*this, of_version).schema;
}

const SchemaHistory& schema_history() {
  static const SchemaHistory history{.version = 1, .text = embedded::schema, .steps = {}};
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
  if (before == schema.version) return;
  for (int version = before; version != schema.version; ++version) {
    const Migration& step = step_from(schema, version);
    connection.execute(std::string(step.sql));
    if (step.work != nullptr) step.work(connection);
    connection.execute("PRAGMA user_version = " + std::to_string(version + 1));
  }
  demand_schema(connection, connection.database().getFilename(), schema.text);
}

}  // namespace covenant
