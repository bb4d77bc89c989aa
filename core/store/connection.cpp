#include "core/store/connection.hpp"

namespace covenant {

Query Connection::query(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<SQLite::Statement>(prepare(sql));
  return Query(*statement);
}

SQLite::Statement Connection::prepare(const std::string& sql) {
  try {
    return {database_, sql};
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

}  // namespace covenant
