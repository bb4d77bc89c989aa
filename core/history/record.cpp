#include "core/history/record.hpp"

#include <algorithm>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/merkle.hpp"
#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/history/projection.hpp"
#include "core/model/stored_text.hpp"
#include "core/store/database.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/collator.hpp"

namespace covenant {

namespace {

Digest to_digest(std::string_view bytes) {
  Digest digest{};
  bytes.copy(reinterpret_cast<char*>(digest.data()), digest.size());
  return digest;
}

/// Where the history ends: what the next event follows; read once a transaction.
struct HistoryHead final : TransactionState {
  explicit HistoryHead(Write& write) : seq(0), leaf(sha256({})), at(Instant::of({})) {
    Query query = write.query("SELECT seq, leaf, body ->> '$.at' FROM event ORDER BY seq DESC LIMIT 1");
    if (!query.step()) return;
    seq = stored_number(query, 0);
    leaf = to_digest(query.text(1));
    at = stored(Instant::parse(query.text(2)));
  }

  std::int64_t seq;  ///< of the last event; 0 before the first
  Digest leaf;       ///< of the last event; SHA-256 of nothing before the first
  Instant at;        ///< its time; the epoch before the first
};

/// Makes the event that `body_of` writes for the place after the head.
template <class BodyOf>
std::int64_t append(Write& write, const Deed& deed, BodyOf body_of) {
  auto& head = write.state<HistoryHead>();
  const std::int64_t seq = head.seq + 1;
  const std::string prev = to_hex(bytes_of(head.leaf));
  const Instant at = std::max(deed.at, head.at);
  const std::string at_text = at.str();
  const std::string body = body_of(Link{seq, prev, at_text});
  const Digest leaf = merkle_leaf(body);
  write.query("INSERT INTO event (seq, body, leaf) VALUES (?1, ?2, ?3)")
      .with(seq, Kept{body}, Blob{bytes_of(leaf)})
      .run();
  head.seq = seq;
  head.leaf = leaf;
  head.at = at;
  return seq;
}

}  // namespace

void record_init(Write& write, const Deed& deed) {
  const std::string origin = "covenant-registry/" + to_hex(random_bytes(16));
  append(write, deed, [&](const Link& link) { return init_body(link, origin, deed); });
  write.query("INSERT INTO property (name, value) VALUES ('collation', ?1)").with(Collator::version()).run();
}

std::int64_t record(Write& write, const Change& change, const Deed& deed) {
  const auto& contact = change.after.application.contact;
  const SealsContact seals = seals_contact(change);
  const bool seals_it = seals == SealsContact::yes;
  const bool seals_name = change.commitment != nullptr && change.commitment->signed_by;
  const std::string contact_json = seals_it ? contact_to_json(*contact) : "";
  const Seal contact_seal = seals_it ? seal("contact", contact_json) : Seal{};
  const Seal name_seal = seals_name ? seal("signed_by", change.commitment->signed_by->str()) : Seal{};
  const SealedDigests digests{contact_seal.digest, name_seal.digest};

  const std::int64_t seq =
      append(write, deed, [&](const Link& link) { return change_body(link, change, digests, deed); });
  if (change.erased != nullptr) delete_sealed(write, *change.erased);
  if (seals_it) insert_sealed(write, seq, "contact", contact_seal, contact_json);
  if (seals_name) insert_sealed(write, seq, "signed_by", name_seal, change.commitment->signed_by->str());
  project(write, seq, change, seals, write.state<HistoryHead>().at.date());
  return seq;
}

namespace {

constexpr const char* last_of_action = R"(
SELECT e.seq, e.body, e.body ->> '$.actor', e.body ->> '$.uid'
FROM partner_event pe JOIN event e ON e.seq = pe.seq
WHERE pe.partner = ?1 AND e.body ->> '$.action' = ?2
ORDER BY pe.seq DESC LIMIT 1)";

}  // namespace

std::optional<Verifier> find_last_verifier(Read& read, PartnerId partner) {
  Query query = read.query(last_of_action);
  query.with(partner.number(), code_of(Action::verify));
  if (!query.step()) return std::nullopt;
  return Verifier{std::string(query.text(2)), query.integer(3)};
}

std::optional<KeptEvent> find_last_approval(Read& read, PartnerId partner) {
  Query query = read.query(last_of_action);
  query.with(partner.number(), code_of(Action::approve));
  if (!query.step()) return std::nullopt;
  return KeptEvent{query.integer(0), std::string(query.text(1))};
}

namespace {

/// Demands what every event that was ever written is: canonical, and without control characters.
void demand_event(std::string_view body) {
  constexpr TextRule rule{2, 32 * 1024 * 1024, Lines::one};
  parse_event(body);
  if (!is_clean_text(body, rule))
    throw Error(ErrorKind::damaged, "the registry is damaged: an event has a control character");
}

}  // namespace

void for_each_event(Read& read, const EventQuery& query,
                    const std::function<void(const StoredEvent&)>& give) {
  const auto since = query.since ? std::optional(query.since->str()) : std::nullopt;
  const auto each = [&](Query rows) {
    while (rows.step()) {
      demand_event(rows.text(1));
      give({stored_number(rows, 0), rows.text(1)});
    }
  };
  if (query.partner) {
    each(std::move(
        read.query("SELECT e.seq, e.body FROM partner_event pe JOIN event e ON e.seq = pe.seq "
                   "WHERE pe.partner = ?1 AND (?2 IS NULL OR e.body ->> '$.at' >= ?2) ORDER BY pe.seq")
            .with(query.partner->number(), since)));
  } else {
    each(std::move(
        read.query("SELECT seq, body FROM event WHERE ?1 IS NULL OR body ->> '$.at' >= ?1 ORDER BY seq")
            .with(since)));
  }
}

}  // namespace covenant
