#include "core/store/bulk/partner_indexes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/store/database.hpp"
#include "core/store/stored_text.hpp"

// How a large batch is filed, and why.
//
// The partner table has seven indexes. Four of their keys are digests, so that each new row touches a page at
// random in each of them: once the indexes are larger than SQLite's cache, keeping them up costs more than
// all else that an import does. Made in one go, an index is sorted first and written from front to back, for
// a fraction of that.
//
// So a transaction that turns out to be a large one drops the indexes and makes them again before it commits.
// Whether it is large nobody knows beforehand, as rows are read one at a time: it counts what it inserts, and
// once that is much, beside what was there, it changes over (`note_inserted`). SQLite's DDL is part of the
// transaction: readers keep the old file with its indexes all the while, and a crash or a rollback leaves
// them as they were.
//
// In between, each row still asks for partners of the same reference, name, host and acronym. `PartnerKeys`
// answers from memory: a hash table of four bytes a key that has only ids, under part of the key's digest. It
// may name a partner that does not have the key, never leaves one out, and whoever asks compares the
// partner's row in full. When it has grown too full it is read again from the table at twice the size, which
// happens seldom.

namespace covenant {

namespace {

// To make room for more, all partners are read again; so many take three megabytes.
constexpr std::size_t fewest_partners = std::size_t{1} << 17U;

/// Below so many new partners, keeping the indexes up costs less than making them again for all.
constexpr std::int64_t fewest_beside(std::int64_t before) {
  constexpr std::int64_t few = 1024;
  constexpr std::int64_t fewest_of_first = 4096;
  constexpr std::int64_t fewest = 16384;
  constexpr std::int64_t share = 4;
  return before < few ? fewest_of_first : std::max(fewest, before / share);
}

/// The statements that make the indexes which are dropped.
std::vector<std::string> drop_indexes(Write& write) {
  std::vector<std::string> names;
  std::vector<std::string> definitions;
  {
    Query query = write.query(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'partner' AND sql IS NOT "
        "NULL");
    while (query.step()) {
      names.emplace_back(query.text(0));
      definitions.emplace_back(query.text(1));
    }
  }
  for (const std::string& name : names) write.query("DROP INDEX " + name).run();
  return definitions;
}

std::optional<std::int64_t> reference_key(const Query& row) {
  if (row.is_null(1)) return std::nullopt;
  return index_key(row.text(1));
}

/// Whether a transaction keeps the indexes up, and what it has in their place.
class PartnerIndexes final : public TransactionState {
 public:
  explicit PartnerIndexes(Write& write)
      : write_(write), has_former_names_(write.query("SELECT 1 FROM former_name LIMIT 1").step()) {}

  const PartnerKeys* keys() const { return keys_ ? &*keys_ : nullptr; }
  bool has_former_names() const { return has_former_names_; }

  void inserted(const RowKeys& keys) {
    if (are_gone_) return;
    const bool fits = keys.id.number() < PartnerKeys::largest_id;
    if (keys_ && !fits) before_commit();
    if (keys_) return add(keys);
    const std::int64_t before = keys.id.number() - ++inserted_;
    if (inserted_ >= fewest_beside(before) && fits) {
      definitions_ = drop_indexes(write_);
      write_.keep_fewer_pages();
      read_keys(fewest_partners);
    }
  }

  void updated(const RowKeys& keys) {
    if (keys_) add(keys);
  }

  void inserted_former_name() { has_former_names_ = true; }

  void drop() {
    drop_indexes(write_);
    are_gone_ = true;
  }

  void before_commit() override {
    if (!keys_) return;
    keys_.reset();
    write_.keep_more_pages();
    write_.sort_in(SortingPlace::files);  // no key is of a person
    for (const std::string& definition : definitions_) write_.query(definition).run();
    write_.sort_in(SortingPlace::memory);
  }

 private:
  void add(const RowKeys& keys) {
    if (keys_->is_too_small_for(keys.id)) {
      read_keys(room_ * 2);
    } else {
      keys_->add(keys);
    }
  }

  void read_keys(std::size_t room) {
    while (!has_read_keys(room)) room *= 2;
    room_ = room;
  }

  /// Whether they all had room.
  bool has_read_keys(std::size_t room) {
    keys_.reset();  // the old ones go before the new ones come
    keys_.emplace(room);
    Query query = write_.query("SELECT id, reference, name_key, host_key, acronym_key FROM partner");
    while (query.step()) {
      const PartnerId id = stored_id(query, 0);
      if (keys_->is_too_small_for(id)) return false;
      keys_->add(
          {id, reference_key(query), query.integer(2), query.optional_integer(3), query.optional_integer(4)});
    }
    return true;
  }

  Write& write_;
  bool has_former_names_;
  std::int64_t inserted_ = 0;
  bool are_gone_ = false;
  std::vector<std::string> definitions_;
  std::size_t room_ = 0;  ///< for so many partners the keys have room
  std::optional<PartnerKeys> keys_;
};

}  // namespace

const PartnerKeys* keys_in_memory(Read& read) {
  const auto* indexes = read.find_state<PartnerIndexes>();
  return indexes == nullptr ? nullptr : indexes->keys();
}

void note_inserted(Write& write, const RowKeys& keys) {
  write.state<PartnerIndexes>().inserted(keys);
}

void note_updated(Write& write, const RowKeys& keys) {
  write.state<PartnerIndexes>().updated(keys);
}

bool may_have_former_names(Read& read) {
  const auto* indexes = read.find_state<PartnerIndexes>();
  return indexes == nullptr || indexes->has_former_names();
}

void note_former_name(Write& write) {
  write.state<PartnerIndexes>().inserted_former_name();
}

void drop_partner_indexes(Write& write) {
  write.state<PartnerIndexes>().drop();
}

}  // namespace covenant
