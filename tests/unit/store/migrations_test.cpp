#include "core/store/migrations.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/embedded.hpp"
#include "core/store/database.hpp"
#include "core/store/registry.hpp"
#include "core/store/schema.hpp"

namespace covenant {

namespace {

void add_row(Connection& connection) {
  connection.execute("INSERT INTO extra (value) VALUES (-1)");
}

void count_properties(Connection& connection) {
  connection.execute("UPDATE extra SET value = (SELECT count(*) FROM property)");
}

void fail(Connection& connection) {
  connection.execute("SELECT no_such_function()");
}

/// The version of schema.sql.
int present() {
  return schema_history().version();
}

/// Two versions follow the present one: the first has a table more, the second gives it a column and another
/// index.
SchemaHistory history_of(std::span<const Migration> steps) {
  static const std::string next = std::string(embedded::schema) + "CREATE TABLE extra (value INTEGER);";
  static const std::string last =
      std::string(embedded::schema) +
      "CREATE TABLE extra (value INTEGER, note TEXT); CREATE INDEX extra_by_note ON extra (note);";
  static const std::vector<std::string_view> released = [] {
    const auto before = schema_history().released;
    std::vector<std::string_view> all(before.begin(), before.end());
    all.insert(all.end(), {embedded::schema, next});
    return all;
  }();
  return {.released = released, .text = last, .steps = steps};
}

const SchemaHistory& later() {
  static const std::array<Migration, 2> two_steps = {
      {{.from = present(), .fill = add_row}, {.from = present() + 1, .fill = count_properties}}};
  static const SchemaHistory history = history_of(two_steps);
  return history;
}

const SchemaHistory& of_failing_step() {
  static const std::array<Migration, 1> failing_step = {{{.from = present() + 1, .fill = fail}}};
  static const SchemaHistory history = history_of(failing_step);
  return history;
}

/// A registry of the present version, with one row.
class OldRegistry {
 public:
  OldRegistry()
      : path_((std::filesystem::temp_directory_path() / ("migrations-" + std::to_string(::getpid()) + ".db"))
                  .string()) {
    remove();
    Registry::create(path_, [](Write& write) {
      write.query("INSERT INTO property (name, value) VALUES ('collation', 'ICU 0')").run();
    });
  }
  OldRegistry(const OldRegistry&) = delete;
  OldRegistry& operator=(const OldRegistry&) = delete;
  ~OldRegistry() { remove(); }

  Registry open(OpenMode mode, const SchemaHistory& schema) const {
    return Registry::open(path_, mode, std::chrono::milliseconds(0), schema);
  }

  int version() const { return SQLite::Database(path_).execAndGet("PRAGMA user_version").getInt(); }
  bool has_extra() const { return SQLite::Database(path_).tableExists("extra"); }

 private:
  void remove() const {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + suffix);
  }

  std::string path_;
};

std::int64_t extra_value(Read& read) {
  Query query = read.query("SELECT value FROM extra WHERE note IS NULL");
  REQUIRE(query.step());
  return query.integer(0);
}

}  // namespace

TEST_CASE("the transaction that first writes leads an older registry through every step") {
  const OldRegistry old;
  // The sort keys of the row are by other rules, so that opening it for writing writes.
  Registry registry = old.open(OpenMode::write, later());
  Read read = registry.read();
  CHECK(extra_value(read) == 1);
  CHECK(old.version() == present() + 2);
}

TEST_CASE("a transaction that is not committed migrates nothing") {
  const OldRegistry old;
  { old.open(OpenMode::write, schema_history()); }  // renews the sort keys
  {
    Registry registry = old.open(OpenMode::write, later());
    Write write = registry.write();
    CHECK(extra_value(write) == 1);
  }
  CHECK(old.version() == present());
  CHECK_FALSE(old.has_extra());
}

TEST_CASE("a reader of an older registry reads it migrated, and leaves it as it is") {
  const OldRegistry old;
  {
    Registry registry = old.open(OpenMode::read, later());
    Read read = registry.read();
    CHECK(extra_value(read) == 1);
  }
  CHECK(old.version() == present());
  CHECK_FALSE(old.has_extra());
}

TEST_CASE("a registry of a newer version is refused") {
  const OldRegistry old;
  { old.open(OpenMode::write, later()); }
  try {
    old.open(OpenMode::read, schema_history());
    FAIL("it was opened");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::damaged);
    CHECK(std::string(error.what()).find("newer than this program") != std::string::npos);
  }
}

TEST_CASE("a step that fails leaves the registry as it was") {
  const OldRegistry old;
  CHECK_THROWS_AS(old.open(OpenMode::write, of_failing_step()), Error);
  CHECK(old.version() == present());
  CHECK_FALSE(old.has_extra());
}

TEST_CASE("a table that differs is rebuilt with its rows, and what is no longer in the schema is dropped") {
  Connection connection(SQLite::Database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE));
  constexpr std::string_view before = R"(
CREATE TABLE city (name TEXT, old TEXT); CREATE INDEX city_by_name ON city (name); CREATE TABLE gone (x);
CREATE TRIGGER never BEFORE DELETE ON city BEGIN SELECT RAISE(ABORT, 'never'); END;
CREATE VIEW shown AS SELECT name FROM city;)";
  constexpr std::string_view after = R"(
CREATE TABLE city (name TEXT NOT NULL, size INTEGER DEFAULT 7) STRICT;
CREATE INDEX city_by_name ON city (name, size);
CREATE TRIGGER never BEFORE DELETE ON city BEGIN SELECT RAISE(ABORT, 'not ever'); END;
CREATE VIEW shown AS SELECT name, size FROM city;)";
  connection.execute(std::string(before));
  connection.execute("INSERT INTO city VALUES ('Ghent', 'x'); INSERT INTO gone VALUES (1)");
  bool old_table_was_there = false;
  remake_schema(connection, after, [&] {
    Query query = connection.query("SELECT x FROM gone");
    old_table_was_there = query.step();
  });
  CHECK(old_table_was_there);
  demand_schema(connection, "test", after);
  Query query = connection.query("SELECT name, size FROM shown");
  REQUIRE(query.step());
  CHECK(query.text(0) == "Ghent");
  CHECK(query.integer(1) == 7);
}

TEST_CASE("schema.sql has the version that the kept schemas lead to") {
  const std::string pragma = "PRAGMA user_version = " + std::to_string(schema_history().version()) + ";";
  CHECK(schema_history().text.find(pragma) != std::string_view::npos);
  for (int version = 1; version < schema_history().version(); ++version) {
    CHECK(schema_history().text_of(version).find("PRAGMA user_version = " + std::to_string(version) + ";") !=
          std::string_view::npos);
  }
}

}  // namespace covenant
