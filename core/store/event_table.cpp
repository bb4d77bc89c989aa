#include "core/store/event_table.hpp"

#include "core/base/error.hpp"
#include "core/model/instant.hpp"
#include "core/store/database.hpp"
#include "core/store/stored_text.hpp"

namespace covenant {

std::string origin_of(Read& read) {
  Query query = read.query("SELECT body ->> '$.origin' FROM event WHERE seq = 1");
  if (!query.step() || query.is_null(0)) {
    damaged("its first event, with its origin, is missing");
  }
  std::string origin(query.text(0));
  if (!is_origin(origin))
    throw Error(ErrorKind::damaged, "the registry is damaged: the origin in its first event is not one");
  return origin;
}

bool is_origin(std::string_view text) {
  constexpr std::string_view begin = "covenant-registry/";
  constexpr std::size_t digits = 32;
  return text.starts_with(begin) && text.size() == begin.size() + digits &&
         text.find_first_not_of("0123456789abcdef", begin.size()) == std::string_view::npos;
}

std::uint64_t log_size(Read& read) {
  Query query = read.query("SELECT max(seq) FROM event");
  query.step();
  return query.is_null(0) ? 0 : static_cast<std::uint64_t>(stored_number(query, 0));
}

Date day_of_last_event(Read& read) {
  Query query = read.query("SELECT body ->> '$.at' FROM event ORDER BY seq DESC LIMIT 1");
  if (!query.step()) damaged("there is no event");
  return stored(Instant::parse(query.text(0))).date();
}

Digest log_root(Read& read, std::uint64_t begin, std::uint64_t end) {
  MerkleTree tree;
  Query query = read.query("SELECT seq, body FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq");
  query.with(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end));
  while (query.step()) tree.append(merkle_leaf(query.text(1)));
  if (tree.size() != end - begin) damaged("events are missing");
  return tree.root();
}

}  // namespace covenant
