#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/model/instant.hpp"
#include "core/store/bulk/deferred_indexes.hpp"
#include "core/store/query.hpp"

namespace covenant {

/// The permission to read: one consistent view of the registry for as long as it lives.
class Read {
 public:
  explicit Read(Connection& connection);
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;
  virtual ~Read();

  /// The statement for a constant SQL text, prepared at the first use and told by the text's address.
  Query query(const char* sql);
  /// A statement for a text put together at run time from constant parts.
  SQLite::Statement prepare(const std::string& sql);
  /// Partners by key, while the table has no indexes (see `DeferredIndexes`); otherwise null.
  virtual const PartnerKeys* keys() const { return nullptr; }

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

  const PartnerKeys* keys() const override { return deferred_ ? &deferred_->keys() : nullptr; }
  /// Does without the indexes of the partner table for good, in a registry that is not to be kept.
  void drop_indexes();

  /// The largest partner id, kept likewise. Only the partner table uses it.
  std::optional<std::int64_t>& largest_id() { return largest_id_; }
  /// Takes note of a partner whose row was just inserted, or whose keys were updated. Only the partner table
  /// uses them.
  void inserted(const RowKeys& keys);
  void updated(const RowKeys& keys);

 private:
  void restore_indexes();

  std::optional<HistoryHead> head_;
  std::optional<std::int64_t> largest_id_;
  std::optional<DeferredIndexes> deferred_;
  std::int64_t inserted_ = 0;
  bool has_indexes_ = true;
};

}  // namespace covenant
