#include "core/store/event_table.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
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
  if (!is_origin(origin)) damaged("the origin in its first event is not one");
  return origin;
}

bool is_origin(std::string_view text) {
  constexpr std::string_view begin = "covenant-registry/";
  constexpr std::size_t digits = 32;
  return text.starts_with(begin) && is_hex(text.substr(begin.size()), digits);
}

std::uint64_t log_size(Read& read) {
  Query query = read.query("SELECT max(seq) FROM event");
  query.step();
  return query.is_null(0) ? 0 : static_cast<std::uint64_t>(stored_number(query, 0));
}

std::string day_of_event(std::string_view event) {
  return fmt::format("substr(coalesce({0}.body ->> '$.clock', {0}.body ->> '$.at'), 1, 10)", event);
}

Date day_of_last_event(Read& read) {
  Query query = read.query("SELECT body ->> '$.at' FROM event ORDER BY seq DESC LIMIT 1");
  if (!query.step()) damaged("there is no event");
  return stored(Instant::parse(query.text(0))).date();
}

std::int64_t last_event_by(Read& read, Date day) {
  const std::string end = day.str();
  // Times never decrease: the events in question are before `after` and not before `found`.
  std::int64_t found = 0;
  std::int64_t after = static_cast<std::int64_t>(log_size(read)) + 1;
  while (after - found > 1) {
    const std::int64_t middle = found + (after - found) / 2;
    Query query = read.query("SELECT substr(body ->> '$.at', 1, 10) <= :day FROM event WHERE seq = :seq");
    if (!query.bind(":day", end).bind(":seq", middle).step())
      damaged("event " + std::to_string(middle) + " is missing");
    (query.integer(0) != 0 ? found : after) = middle;
  }
  return found;
}

Digest log_root(Read& read, std::uint64_t begin, std::uint64_t end) {
  MerkleTree tree;
  Query query = read.query("SELECT seq, body FROM event WHERE seq > ?1 AND seq <= ?2 ORDER BY seq");
  query.with(static_cast<std::int64_t>(begin), static_cast<std::int64_t>(end));
  while (tree.size() < end - begin && query.step()) tree.append(merkle_leaf(query.bytes(1)));
  if (tree.size() != end - begin) damaged("events are missing");
  return tree.root();
}

namespace {

const std::string events_sql = R"(
SELECT seq, body, leaf FROM event
WHERE seq <= coalesce(:before - 1, 9223372036854775807) AND (:since IS NULL OR body ->> '$.at' >= :since)
ORDER BY seq)";

const std::string events_of_partner_sql = R"(
SELECT e.seq, e.body, e.leaf FROM partner_event pe JOIN event e ON e.seq = pe.seq
WHERE pe.partner = :partner AND pe.seq <= coalesce(:before - 1, 9223372036854775807)
  AND (:since IS NULL OR e.body ->> '$.at' >= :since) AND (:undone OR pe.undone_by IS NULL)
ORDER BY pe.seq)";

std::string sql_of(const EventQuery& query) {
  const std::string& sql = query.partner ? events_of_partner_sql : events_sql;
  return query.order == EventOrder::newest_first ? sql + " DESC" : sql;
}

}  // namespace

EventCursor::EventCursor(Read& read, const EventQuery& query)
    : rows_(read.query(sql_of(query))), order_(query.order) {
  if (query.partner) {
    rows_.bind(":partner", query.partner->number());
    rows_.bind(":undone", static_cast<std::int64_t>(query.undone == Undone::included ? 1 : 0));
  }
  rows_.bind(":before", query.before);
  rows_.bind(":since", query.since ? std::optional(query.since->str()) : std::nullopt);
}

bool EventCursor::next() {
  if (!rows_.step()) return false;
  const std::int64_t seq = rows_.integer(0);
  const bool is_next = !last_ || (order_ == EventOrder::newest_first ? seq < *last_ : seq > *last_);
  if (!is_next) damaged("its events are out of order");
  last_ = seq;
  return true;
}

StoredEvent EventCursor::event() const {
  return {stored_number(rows_, 0), rows_.bytes(1), rows_.bytes(2)};
}

std::string event_body(Read& read, std::int64_t seq) {
  Query query = read.query("SELECT body FROM event WHERE seq = :seq");
  if (!query.bind(":seq", seq).step()) damaged("event " + std::to_string(seq) + " is missing");
  return std::string(query.text(0));
}

HistoryEnd end_of_history(Read& read) {
  HistoryEnd end{0, sha256({}), Instant::of({}), Instant::of({})};
  Query query = read.query(
      "SELECT seq, leaf, body ->> '$.at', body ->> '$.clock' FROM event ORDER BY seq DESC LIMIT 1");
  if (!query.step()) return end;
  end.seq = stored_number(query, 0);
  end.leaf = {};
  query.bytes(1).copy(reinterpret_cast<char*>(end.leaf.data()), end.leaf.size());
  end.at = stored(Instant::parse(query.text(2)));
  end.clock = query.is_null(3) ? end.at : stored(Instant::parse(query.text(3)));
  return end;
}

namespace {

constexpr std::string_view last_of_action_sql = R"(
SELECT e.seq, e.body
FROM partner_event pe JOIN event e ON e.seq = pe.seq
WHERE pe.partner = :partner AND pe.undone_by IS NULL AND e.body ->> '$.action' = :action
ORDER BY pe.seq DESC LIMIT 1)";

}  // namespace

std::optional<LastOfAction> find_last_of_action(Read& read, PartnerId partner, std::string_view action) {
  Query query = read.query(last_of_action_sql);
  query.bind(":partner", partner.number()).bind(":action", action);
  if (!query.step()) return std::nullopt;
  return LastOfAction{query.integer(0), std::string(query.text(1))};
}

std::int64_t last_known_event(Read& read, PartnerId partner) {
  Query query = read.query("SELECT coalesce(max(seq), 0) FROM partner_event WHERE partner = :partner");
  query.bind(":partner", partner.number()).step();
  return query.integer(0);
}

std::int64_t last_known_event(Read& read) {
  Query query = read.query(
      "SELECT coalesce(max(seq), 0) FROM (SELECT seq FROM partner_event UNION ALL SELECT seq FROM policy)");
  query.step();
  return query.integer(0);
}

std::vector<std::int64_t> find_events_of(Read& read, PartnerId partner, std::int64_t last) {
  std::vector<std::int64_t> events;
  Query query =
      read.query("SELECT seq FROM partner_event WHERE partner = :partner AND seq <= :last ORDER BY seq");
  query.bind(":partner", partner.number()).bind(":last", last);
  while (query.step()) events.push_back(query.integer(0));
  return events;
}

std::optional<std::int64_t> find_undoing(Read& read, PartnerId partner, std::int64_t seq) {
  Query query = read.query("SELECT undone_by FROM partner_event WHERE partner = :partner AND seq = :seq");
  if (!query.bind(":partner", partner.number()).bind(":seq", seq).step()) return std::nullopt;
  return query.optional_integer(0);
}

// A quote within a text is escaped, so what looks like a member is one; an undo names the other run last.
std::vector<std::int64_t> find_events_of_run(Read& read, const std::string& run) {
  std::vector<std::int64_t> events;
  Query query = read.query("SELECT seq FROM event WHERE instr(body, :member) > 0 ORDER BY seq");
  query.bind(":member", "\"run\":\"" + run + "\",");
  while (query.step()) events.push_back(query.integer(0));
  return events;
}

std::optional<std::int64_t> find_last_event_by(Read& read, const std::string& actor) {
  Query query =
      read.query("SELECT seq FROM event WHERE body ->> '$.actor' = :actor ORDER BY seq DESC LIMIT 1");
  if (!query.bind(":actor", actor).step()) return std::nullopt;
  return query.integer(0);
}

void insert_event(Write& write, std::int64_t seq, const std::string& body, std::string_view leaf) {
  write.query("INSERT INTO event (seq, body, leaf) VALUES (:seq, :body, :leaf)")
      .bind(":seq", seq)
      .bind(":body", Kept(body))
      .bind(":leaf", Blob{leaf})
      .run();
}

void insert_partner_event(Write& write, PartnerId partner, std::int64_t seq) {
  write.query("INSERT INTO partner_event (partner, seq) VALUES (:partner, :seq)")
      .bind(":partner", partner.number())
      .bind(":seq", seq)
      .run();
}

void set_undone_events(Write& write, PartnerId partner, const std::map<std::int64_t, std::int64_t>& undone) {
  write.query("UPDATE partner_event SET undone_by = NULL WHERE partner = :partner AND undone_by IS NOT NULL")
      .bind(":partner", partner.number())
      .run();
  for (const auto& [event, undo] : undone) {
    write.query("UPDATE partner_event SET undone_by = :undo WHERE partner = :partner AND seq = :event")
        .bind(":undo", undo)
        .bind(":partner", partner.number())
        .bind(":event", event)
        .run();
  }
}

}  // namespace covenant
