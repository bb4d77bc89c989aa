#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/base/digest.hpp"
#include "core/model/instant.hpp"
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

/// The permission to read: one consistent view of the registry for as long as it lives.
class Read {
 public:
  explicit Read(Connection& connection);
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;
  virtual ~Read();

  Query query(const char* sql) { return connection_.query(sql); }
  SQLite::Statement prepare(const std::string& sql) { return connection_.prepare(sql); }

 protected:
  enum class Begin { deferred, immediate };
  Read(Connection& connection, Begin begin);
  Connection& connection() { return connection_; }

 private:
  Connection& connection_;
};

/// Where the history stands: what the next event follows.
struct HistoryHead {
  std::int64_t seq;  ///< of the last event; 0 before the first
  Digest leaf;       ///< of the last event; SHA-256 of nothing before the first
  Instant at;        ///< its time; the epoch before the first
};

/// The permission to change the registry: nothing that happens under it stands unless `commit` returns.
class Write final : public Read {
 public:
  explicit Write(Connection& connection);

  /// Makes everything durable. @throws Error{file} when it cannot; then all or nothing of it stands.
  void commit();

  /// The head of the history, kept here so that a batch reads it once. Only the history uses it.
  std::optional<HistoryHead>& head() { return head_; }

 private:
  std::optional<HistoryHead> head_;
};

}  // namespace covenant
