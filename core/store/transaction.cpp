#include "core/store/transaction.hpp"

#include <sqlite3.h>

#include <utility>

namespace covenant {

Query Connection::query(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<SQLite::Statement>(prepare(sql));
  return Query(*statement);
}

SQLite::Statement Connection::prepare(const std::string& sql) {
  try {
    return SQLite::Statement(database_, sql);
  } catch (const SQLite::Exception& error) {
    rethrow(error);
  }
}

void Connection::execute(const char* sql) {
  try {
    database_.exec(sql);
  } catch (const SQLite::Exception& error) {
    rethrow(error);
  }
}

Read::Read(Connection& connection) : Read(connection, Begin::deferred) {}

Read::Read(Connection& connection, Begin begin) : connection_(connection) {
  connection_.execute(begin == Begin::immediate ? "BEGIN IMMEDIATE" : "BEGIN");
}

Read::~Read() {
  // A transaction that was committed, or that SQLite itself rolled back, leaves nothing to undo.
  if (sqlite3_get_autocommit(connection_.database().getHandle()) == 0) {
    connection_.database().tryExec("ROLLBACK");
  }
}

Write::Write(Connection& connection) : Read(connection, Begin::immediate) {}

void Write::commit() {
  connection().execute("COMMIT");
}

}  // namespace covenant
