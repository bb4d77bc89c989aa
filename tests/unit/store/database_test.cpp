#include "core/store/database.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>

#include "core/base/error.hpp"

namespace covenant {

namespace {

class SmallTable {
 public:
  SmallTable() : connection_(SQLite::Database(":memory:", SQLite::OPEN_READWRITE)) {
    connection_.execute("CREATE TABLE t (a INTEGER, b TEXT)");
    connection_.execute("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
  }

  Query query(std::string_view sql) { return connection_.query(sql); }

 private:
  Connection connection_;
};

template <class Work>
Error error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  FAIL("nothing was thrown");
  return {ErrorKind::fault, ""};
}

}  // namespace

TEST_CASE("parameters are bound by name, in any order, and each as often as the statement names it") {
  SmallTable table;
  Query query = table.query("SELECT :a, :b, :a WHERE :c IS NULL");
  query.bind(":b", "two").bind(":c", std::optional<std::string>()).bind(":a", std::int64_t{1});
  REQUIRE(query.step());
  CHECK(query.integer(0) == 1);
  CHECK(query.text(1) == "two");
  CHECK(query.integer(2) == 1);
}

TEST_CASE("a parameter that the statement does not have cannot be bound") {
  SmallTable table;
  const Error error = error_of([&] { table.query("SELECT :a").bind(":b", std::int64_t{1}); });
  CHECK(error.kind() == ErrorKind::fault);
  CHECK(std::string(error.what()) == "no parameter :b in: SELECT :a");
}

TEST_CASE("a statement with a parameter that was not bound does not run") {
  SmallTable table;
  const Error error = error_of([&] { table.query("SELECT :a, :b").bind(":a", std::int64_t{1}).step(); });
  CHECK(error.kind() == ErrorKind::fault);
  CHECK(std::string(error.what()) == "a parameter is not bound in: SELECT :a, :b");
}

TEST_CASE("a value cannot be read before the first row, nor after the last") {
  SmallTable table;
  Query query = table.query("SELECT a FROM t WHERE a = 2");
  const auto read = [&] { query.integer(0); };
  CHECK(error_of(read).kind() == ErrorKind::fault);
  REQUIRE(query.step());
  CHECK(query.integer(0) == 2);
  CHECK_FALSE(query.step());
  CHECK(std::string(error_of(read).what()) == "no row to read in: SELECT a FROM t WHERE a = 2");
}

TEST_CASE("a statement is known by its text, wherever the text is") {
  SmallTable table;
  const std::string sql = "SELECT a FROM t ORDER BY a";
  const std::string copy = sql;
  Query first = table.query(sql);
  REQUIRE(first.step());
  const Error error = error_of([&] { table.query(copy); });
  CHECK(error.kind() == ErrorKind::fault);
  CHECK(std::string(error.what()) == "a statement is already in use: SELECT a FROM t ORDER BY a");
  REQUIRE(first.step());
  CHECK(first.integer(0) == 2);
}

TEST_CASE("a statement can be used again once its query has ended, and begins again") {
  SmallTable table;
  const char* sql = "SELECT a FROM t WHERE a >= :least ORDER BY a";
  {
    Query query = table.query(sql);
    REQUIRE(query.bind(":least", std::int64_t{2}).step());
    const Query moved = std::move(query);
    CHECK(moved.integer(0) == 2);
  }
  Query query = table.query(sql);
  CHECK_THROWS_AS(query.step(), Error);  // nothing is left of the value bound before
  REQUIRE(query.bind(":least", std::int64_t{1}).step());
  CHECK(query.integer(0) == 1);
}

TEST_CASE("statements that end alike are kept apart") {
  SmallTable table;
  const std::string end = " FROM t WHERE a = 1 -- a comment that is longer than what is looked at first";
  Query numbers = table.query("SELECT a" + end);
  Query texts = table.query("SELECT b" + end);
  REQUIRE(numbers.step());
  REQUIRE(texts.step());
  CHECK(numbers.integer(0) == 1);
  CHECK(texts.text(0) == "one");
}

TEST_CASE("what goes on longer than the file's size can explain is damage, and the next statement runs") {
  SmallTable table;
  const std::string endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT ";
  for (const std::string& result : {endless + "i FROM n", endless + "max(i) FROM n"}) {
    CAPTURE(result);
    const Error error = error_of([&] { table.query(result).run(); });
    CHECK(error.kind() == ErrorKind::damaged);
    CHECK(table.query("SELECT a FROM t").step());
  }
}

}  // namespace covenant
