#include "core/store/event_table.hpp"

#include "core/base/error.hpp"
#include "core/store/database.hpp"

namespace covenant {

std::string origin_of(Read& read) {
  Query query = read.query("SELECT body ->> '$.origin' FROM event WHERE seq = 1");
  if (!query.step() || query.is_null(0)) {
    throw Error(ErrorKind::damaged, "the registry is damaged: its first event, with its origin, is missing");
  }
  return std::string(query.text(0));
}

std::uint64_t log_size(Read& read) {
  Query query = read.query("SELECT coalesce(max(seq), 0) FROM event");
  query.step();
  return static_cast<std::uint64_t>(query.integer(0));
}

Date day_of_last_event(Read& read) {
  Query query = read.query("SELECT body ->> '$.at' FROM event ORDER BY seq DESC LIMIT 1");
  if (!query.step()) throw Error(ErrorKind::damaged, "the registry is damaged: there is no event");
  return stored(Instant::parse(query.text(0))).date();
}

Digest log_root(Read& read, std::uint64_t begin, std::uint64_t end) {
  MerkleTree tree;
  Query query = read.query("SELECT seq, body FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq");
  query.with(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end));
  while (query.step()) tree.append(merkle_leaf(query.text(1)));
  if (tree.size() != end - begin)
    throw Error(ErrorKind::damaged, "the registry is damaged: events are missing");
  return tree.root();
}

}  // namespace covenant
