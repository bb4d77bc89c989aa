#include "core/store/migrations.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/error.hpp"
#include "core/embedded.hpp"
#include "core/store/database.hpp"
#include "core/store/registry.hpp"

namespace covenant {

namespace {

void count_properties(Connection& connection) {
  connection.execute("UPDATE extra SET value = (SELECT count(*) FROM property)");
}

void fail(Connection& connection) {
  connection.execute("SELECT no_such_function()");
}

const Migration first_step{.from = 1,
                           .schema = embedded::schema,
                           .sql = "CREATE TABLE extra (value INTEGER); INSERT INTO extra VALUES (-1)"};

/// Every step leads to a schema with one table more, in version 3.
SchemaHistory later(std::span<const Migration> steps) {
  static const std::string text =
      std::string(embedded::schema) + "CREATE TABLE extra (value INTEGER, note TEXT);";
  return {.version = 3, .text = text, .steps = steps};
}

const std::array<Migration, 2> two_steps = {
    {first_step,
     {.from = 2, .schema = "", .sql = "ALTER TABLE extra ADD COLUMN note TEXT", .work = count_properties}}};
const std::array<Migration, 1> one_step = {first_step};
const std::array<Migration, 2> failing_step = {
    {first_step, {.from = 2, .schema = "", .sql = "", .work = fail}}};
const std::array<Migration, 2> wrong_step = {
    {first_step, {.from = 2, .schema = "", .sql = "ALTER TABLE extra ADD COLUMN remark TEXT"}}};

const SchemaHistory of_two_steps = later(two_steps);
const SchemaHistory of_one_step = later(one_step);
const SchemaHistory of_failing_step = later(failing_step);
const SchemaHistory of_wrong_step = later(wrong_step);

/// A registry of the first version, with one row.
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
  Registry registry = old.open(OpenMode::write, of_two_steps);
  Read read = registry.read();
  CHECK(extra_value(read) == 1);
  CHECK(old.version() == 3);
}

TEST_CASE("a transaction that is not committed migrates nothing") {
  const OldRegistry old;
  { old.open(OpenMode::write, schema_history()); }  // renews the sort keys
  {
    Registry registry = old.open(OpenMode::write, of_two_steps);
    Write write = registry.write();
    CHECK(extra_value(write) == 1);
  }
  CHECK(old.version() == 1);
  CHECK_FALSE(old.has_extra());
}

TEST_CASE("a reader of an older registry reads it migrated, and leaves it as it is") {
  const OldRegistry old;
  {
    Registry registry = old.open(OpenMode::read, of_two_steps);
    Read read = registry.read();
    CHECK(extra_value(read) == 1);
  }
  CHECK(old.version() == 1);
  CHECK_FALSE(old.has_extra());
}

TEST_CASE("a registry of a newer version is refused") {
  const OldRegistry old;
  { old.open(OpenMode::write, of_two_steps); }
  try {
    old.open(OpenMode::read, schema_history());
    FAIL("it was opened");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::damaged);
    CHECK(std::string(error.what()).find("newer than this program") != std::string::npos);
  }
}

TEST_CASE("a step that is missing, fails or leads elsewhere leaves the registry as it was") {
  const OldRegistry old;
  CHECK_THROWS_AS(old.open(OpenMode::write, of_one_step), Error);
  CHECK_THROWS_AS(old.open(OpenMode::write, of_failing_step), Error);
  CHECK_THROWS_AS(old.open(OpenMode::write, of_wrong_step), Error);
  CHECK(old.version() == 1);
  CHECK_FALSE(old.has_extra());
}

}  // namespace covenant
