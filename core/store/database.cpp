#include "core/store/database.hpp"

#include <sqlite3.h>

#include <algorithm>

#include "core/store/connection.hpp"

namespace covenant {

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

Query Read::query(const char* sql) {
  return connection_.query(sql);
}

SQLite::Statement Read::prepare(const std::string& sql) {
  return connection_.prepare(sql);
}

Write::Write(Connection& connection) : Read(connection, Begin::immediate) {}

void Write::inserted(const RowKeys& keys) {
  if (!has_indexes_) return;
  const bool fits = keys.id.number() < PartnerKeys::largest_id;
  if (deferred_ && !fits) restore_indexes();
  if (deferred_) return deferred_->add(keys);
  // Below these numbers, keeping the indexes up costs less than making them again for all partners.
  constexpr std::int64_t fewest = 16384;
  constexpr std::int64_t share = 4;
  const std::int64_t before = keys.id.number() - ++inserted_;
  if (inserted_ >= std::max(fewest, before / share) && fits) deferred_.emplace(connection());
}

void Write::updated(const RowKeys& keys) {
  if (deferred_) deferred_->add(keys);
}

void Write::drop_indexes() {
  drop_partner_indexes(connection());
  has_indexes_ = false;
}

void Write::restore_indexes() {
  if (!deferred_) return;
  deferred_->restore();
  deferred_.reset();
}

void Write::commit() {
  restore_indexes();
  connection().execute("COMMIT");
}

}  // namespace covenant
