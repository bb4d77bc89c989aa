#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/store/query.hpp"

namespace covenant {

/// An open registry file and its prepared statements.
class Connection {
 public:
  explicit Connection(SQLite::Database database) : database_(std::move(database)) {}

  SQLite::Database& database() { return database_; }
  /// The statement for a constant SQL text, prepared at the first use and told by the text's address.
  Query query(const char* sql);
  /// A statement for a text put together at run time from constant parts.
  SQLite::Statement prepare(const std::string& sql);
  void execute(const char* sql);

 private:
  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
};

}  // namespace covenant
