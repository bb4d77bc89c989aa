#include "core/check/chain.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.hpp"
#include "core/base/merkle.hpp"
#include "core/history/event_record.hpp"

namespace covenant {

ChainWalk::ChainWalk(DamageSink report) : report_(std::move(report)), prev_(to_hex(bytes_of(sha256({})))) {}

void ChainWalk::visit(const StoredEvent& event) {
  std::optional<EventLink> link;
  try {
    const EventRecord record = parse_event(event.body);
    link = {record.version, record.seq, record.prev, record.at, record.action};
  } catch (const Error& error) {
    report_(fmt::format("event {}: {}", event.seq, error.what()));
  }
  follow(event, link);
}

std::string ChainWalk::visit_link(const StoredEvent& event) {
  const auto link = find_link(event.body);
  if (!link) report_(fmt::format("event {}: is not as it was written", event.seq));
  follow(event, link);
  return link ? link->action : "";
}

void ChainWalk::follow(const StoredEvent& event, const std::optional<EventLink>& link) {
  const auto& [seq, body, stored_leaf] = event;
  if (seq != last_ + 1) report_(fmt::format("event {} is missing", last_ + 1));
  const Digest leaf = merkle_leaf(body);
  if (bytes_of(leaf) != stored_leaf)
    report_(fmt::format("event {}: its leaf is not the hash of its body", seq));
  if (link) {
    if (link->seq != seq) report_(fmt::format("event {}: its body says that it is event {}", seq, link->seq));
    if (link->prev != prev_) report_(fmt::format("event {}: does not follow event {}", seq, seq - 1));
    if (at_ && link->at < *at_) report_(fmt::format("event {}: is dated before event {}", seq, seq - 1));
    if (link->version < version_)
      report_(fmt::format("event {}: is of version {}, after events of version {}", seq, link->version,
                          version_));
    version_ = link->version;
    if ((link->action == "init") != (seq == 1))
      report_(fmt::format("event {}: only the first event is init and has an origin", seq));
    at_ = link->at;
  }
  prev_ = to_hex(bytes_of(leaf));
  last_ = seq;
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
