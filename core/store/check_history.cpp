#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/merkle.hpp"
#include "core/store/check_tables.hpp"
#include "core/store/event_record.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

/// Follows the chain from event to event.
class ChainWalk {
 public:
  explicit ChainWalk(const Fault& fault) : fault_(fault) {}

  void visit(std::int64_t seq, std::string_view body, std::string_view stored_leaf) {
    if (seq != last_ + 1) fault_(fmt::format("event {} is missing", last_ + 1));
    const Digest leaf = merkle_leaf(body);
    if (bytes_of(leaf) != stored_leaf)
      fault_(fmt::format("event {}: its leaf is not the hash of its body", seq));
    try {
      visit_record(seq, parse_event(body, Form::canonical));
    } catch (const Error& error) {
      fault_(fmt::format("event {}: {}", seq, error.what()));
    }
    prev_ = to_hex(bytes_of(leaf));
    last_ = seq;
  }

  std::int64_t last() const { return last_; }

 private:
  void visit_record(std::int64_t seq, const EventRecord& record) {
    if (record.seq != seq)
      fault_(fmt::format("event {}: its body says that it is event {}", seq, record.seq));
    if (record.prev != prev_) fault_(fmt::format("event {}: it does not follow the event before it", seq));
    if (at_ && record.at < *at_) fault_(fmt::format("event {}: it is dated before the event before it", seq));
    const bool is_init = record.action == "init" && !record.origin.empty();
    if (is_init != (seq == 1))
      fault_(fmt::format("event {}: only the first event is init and has an origin", seq));
    at_ = record.at;
  }

  const Fault& fault_;
  std::int64_t last_ = 0;
  std::string prev_ = to_hex(bytes_of(sha256({})));
  std::optional<Instant> at_;
};

/// What the events say of sealed values.
struct SealedByEvents {
  std::vector<std::pair<SealedName, std::string>> digests;  ///< in the order of the names
  std::set<SealedName> erased;
};

SealedByEvents sealed_by_events(Read& read) {
  SealedByEvents sealed;
  // Within a string the quotes of these names would have a backslash before them.
  Query query = read.query(
      "SELECT body FROM event WHERE instr(body, '\"sealed\":') OR instr(body, '\"erased\":') ORDER BY seq");
  while (query.step()) {
    const EventRecord record = parse_event(query.text(0));
    for (const auto& [field, digest] : record.sealed) sealed.digests.push_back({{record.seq, field}, digest});
    sealed.erased.insert(record.erased.begin(), record.erased.end());
  }
  std::sort(sealed.digests.begin(), sealed.digests.end());
  return sealed;
}

bool is_sealed(const SealedByEvents& sealed, const SealedName& name) {
  const auto at =
      std::lower_bound(sealed.digests.begin(), sealed.digests.end(), std::pair(name, std::string()));
  return at != sealed.digests.end() && at->first == name;
}

void check_value(Read& read, const SealedName& name, const std::string& digest, bool is_erased,
                 const Fault& fault) {
  Query query = read.query("SELECT salt, value FROM sealed WHERE seq = ?1 AND field = ?2");
  query.with(name.seq, name.field);
  const bool is_there = query.step();
  const std::string what = fmt::format("event {}: the sealed {}", name.seq, name.field);
  if (is_there && is_erased) fault(what + " is there though it was erased");
  if (!is_there && !is_erased) fault(what + " is missing and was never erased");
  // HMAC fills a short key up with zero bytes, so that another salt could have the same digest.
  if (is_there && query.text(0).size() != salt_size) {
    fault(fmt::format("{} has a salt of {} bytes, not {}", what, query.text(0).size(), salt_size));
    return;
  }
  if (is_there && seal_digest(query.text(0), name.field, query.text(1)) != digest) {
    fault(what + " does not have the digest that the event says");
  }
}

}  // namespace

void check_history(Read& read, const Fault& fault) {
  ChainWalk walk(fault);
  Query query = read.query("SELECT seq, body, leaf FROM event ORDER BY seq");
  bool any = false;
  while (query.step()) {
    walk.visit(query.integer(0), query.text(1), query.text(2));
    any = true;
  }
  if (!any) fault("there is no event, not even the first");
  Query known = read.query("SELECT coalesce(max(seq), 0) FROM partner_event");
  if (known.step() && known.integer(0) > walk.last()) {
    fault(fmt::format("event {} is missing: the tables know of events up to {}", walk.last() + 1,
                      known.integer(0)));
  }
}

void check_sealed(Read& read, const Fault& fault) {
  const SealedByEvents sealed = sealed_by_events(read);
  for (const auto& [name, digest] : sealed.digests) {
    check_value(read, name, digest, sealed.erased.contains(name), fault);
  }
  for (const SealedName& name : sealed.erased) {
    if (!is_sealed(sealed, name)) {
      fault(fmt::format("event {}: it sealed no {} that could have been erased", name.seq, name.field));
    }
  }
  Query query = read.query("SELECT seq, field FROM sealed ORDER BY seq, field");
  while (query.step()) {
    const SealedName name{query.integer(0), std::string(query.text(1))};
    if (!is_sealed(sealed, name)) {
      fault(fmt::format("event {}: the sealed {} is there though the event says nothing of it", name.seq,
                        name.field));
    }
  }
}

}  // namespace covenant
