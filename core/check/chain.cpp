#include "core/check/chain.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.hpp"
#include "core/base/merkle.hpp"

namespace covenant {

ChainWalk::ChainWalk(DamageSink report) : report_(std::move(report)), prev_(to_hex(bytes_of(sha256({})))) {}

std::optional<EventRecord> ChainWalk::visit(const StoredEvent& event) {
  const auto& [seq, body, stored_leaf] = event;
  if (seq != last_ + 1) report_(fmt::format("event {} is missing", last_ + 1));
  const Digest leaf = merkle_leaf(body);
  if (bytes_of(leaf) != stored_leaf)
    report_(fmt::format("event {}: its leaf is not the hash of its body", seq));
  std::optional<EventRecord> record;
  try {
    record = parse_event(body);
    visit_record(seq, *record);
  } catch (const Error& error) {
    report_(fmt::format("event {}: {}", seq, error.what()));
  }
  prev_ = to_hex(bytes_of(leaf));
  last_ = seq;
  return record;
}

void ChainWalk::visit_record(std::int64_t seq, const EventRecord& record) {
  if (record.seq != seq) report_(fmt::format("event {}: its body says that it is event {}", seq, record.seq));
  if (record.prev != prev_) report_(fmt::format("event {}: does not follow event {}", seq, seq - 1));
  if (at_ && record.at < *at_) report_(fmt::format("event {}: is dated before event {}", seq, seq - 1));
  if (record.version < version_)
    report_(
        fmt::format("event {}: is of version {}, after events of version {}", seq, record.version, version_));
  version_ = record.version;
  const bool is_init = record.action == "init" && !record.origin.empty();
  if (is_init != (seq == 1))
    report_(fmt::format("event {}: only the first event is init and has an origin", seq));
  at_ = record.at;
}

void check_history(Read& read, const DamageSink& report) {
  ChainWalk walk(report);
  EventCursor events(read, {});
  while (events.next()) walk.visit(events.event());
  if (walk.last() == 0) report("there is no event, not even the first");
  if (const std::int64_t known = last_known_event(read); known > walk.last()) {
    report(fmt::format("event {} is missing: the tables know of events up to {}", walk.last() + 1, known));
  }
}

}  // namespace covenant
