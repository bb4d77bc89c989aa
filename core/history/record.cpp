#include "core/history/record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/merkle.hpp"
#include "core/history/attached.hpp"
#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/history/projection.hpp"
#include "core/store/database.hpp"
#include "core/store/document_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/policy_table.hpp"
#include "core/store/rewriting.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

/// Where the history ends, read once a transaction.
struct HistoryHead final : TransactionState {
  explicit HistoryHead(Write& write) : end(end_of_history(write)) {}

  /// A time as text, made once for all events of a command.
  const std::string& text_of(Instant at) {
    if (text_.empty() || at != time_of_text_) {
      text_ = at.str();
      time_of_text_ = at;
    }
    return text_;
  }

  HistoryEnd end;

 private:
  Instant time_of_text_ = Instant::of({});
  std::string text_;
};

/// Makes the event that `body_of` writes for the place after the last.
template <class BodyOf>
std::int64_t append(Write& write, const Deed& deed, BodyOf body_of) {
  demand_clock(write, deed);
  auto& head = write.state<HistoryHead>();
  HistoryEnd& end = head.end;
  const std::int64_t seq = end.seq + 1;
  const std::string prev = to_hex(bytes_of(end.leaf));
  const Instant at = std::max(deed.at, end.at);
  const std::string clock = at - deed.at > clock_tolerance ? deed.at.str() : "";
  const std::string body = body_of(Link{seq, prev, head.text_of(at), clock});
  const Digest leaf = merkle_leaf(body);
  insert_event(write, seq, body, bytes_of(leaf));
  end = {seq, leaf, at, clock.empty() ? at : deed.at};
  return seq;
}

/// "2026-11-23 09:52".
std::string to_the_minute(Instant moment) {
  std::string text = moment.str().substr(0, 16);
  text[10] = ' ';
  return text;
}

/// The texts that an erasure takes, or of which it takes a part.
std::vector<EventText> texts_that_go(Read& read, const Change& change) {
  std::vector<EventText> gone;
  for (const SealedName& name : *change.erased) {
    const auto value = name.field == "texts" ? find_sealed_value(read, name.seq, name.field) : std::nullopt;
    if (!value) continue;
    for (const auto& text : parse_texts(*value)) {
      const auto* remaining = change.remaining;
      const bool stays = remaining != nullptr && std::find(remaining->texts.begin(), remaining->texts.end(),
                                                           text) != remaining->texts.end();
      if (!stays) gone.push_back(text.first);
    }
  }
  return gone;
}

/// Removes what the change erases, here and where the tables have it. Copies of it go at the commit.
void erase_values(Write& write, const Change& change) {
  const std::vector<EventText> gone = texts_that_go(write, change);
  delete_sealed(write, *change.erased);
  for (const EventText text : gone) {
    if (column_of(text)) {
      write_again_at_commit(write, "partner");
    } else if (text == "sources"_text) {
      write_again_at_commit(write, "finding_source");
    } else if (text != "note"_text) {
      write_again_at_commit(write, "commitment");
    }
    if (text == "note"_text || text == "file_name"_text) {
      write_again_at_commit(write, "evidence");
    }
  }
}

}  // namespace

void demand_clock(Write& write, const Deed& deed) {
  const HistoryEnd& end = write.state<HistoryHead>().end;
  if (deed.clock == ClockTrust::confirmed || end.clock - deed.at <= clock_tolerance) return;
  throw Error(ErrorKind::clock,
              fmt::format("the last event was recorded at {} UTC, but the clock shows {} UTC",
                          to_the_minute(end.clock), to_the_minute(deed.at)));
}

void record_init(Write& write, const Deed& deed) {
  const std::string origin = "covenant-registry/" + to_hex(random_bytes(16));
  append(write, deed, [&](const Link& link) { return init_body(link, origin, deed); });
  insert_sort_rules(write);
}

namespace {

/// The documents that the partner may no longer have after the change.
std::vector<std::string> documents_gone(Read& read, const Change& change) {
  std::vector<std::string> documents;
  if (change.erased_document != nullptr) documents.push_back(change.erased_document->sha256);
  if (change.undoes == nullptr) return documents;
  for (const std::int64_t seq : change.undoes->events) {
    const EventRecord undone = parse_event(event_body(read, seq));
    if (const std::string* document = document_brought_by(undone)) documents.push_back(*document);
  }
  return documents;
}

}  // namespace

std::int64_t record(Write& write, const Change& change, const Deed& deed) {
  const auto& contact = change.after.application.contact;
  const SealsContact seals = seals_contact(change);
  const bool seals_it = seals == SealsContact::yes;
  const std::string contact_json = seals_it ? contact_to_json(*contact) : "";
  const Seal contact_seal = seals_it ? seal("contact", contact_json) : Seal{};
  TextsToSeal texts = texts_of(change);
  const bool seals_texts = !texts.names.empty();
  const Seal texts_seal = seals_texts ? seal("texts", texts.value) : Seal{};
  const SealedDigests digests{contact_seal.digest, texts_seal.digest, std::move(texts.names)};

  const std::int64_t seq =
      append(write, deed, [&](const Link& link) { return change_body(link, change, digests, deed); });
  if (change.erased != nullptr) erase_values(write, change);
  if (seals_it) insert_sealed(write, seq, "contact", std::nullopt, contact_seal, contact_json);
  if (seals_texts) {
    const auto of = change.remaining == nullptr ? std::nullopt : std::optional(change.remaining->of);
    insert_sealed(write, seq, "texts", of, texts_seal, texts.value);
  }
  project(write, write, seq, change, seals);
  for (const std::string& document : documents_gone(write, change)) {
    if (is_document_stored(write, document) && !is_document_held(write, document))
      delete_document(write, document);
  }
  return seq;
}

std::int64_t record(Write& write, const PolicyChange& change, const Deed& deed) {
  const std::int64_t seq =
      append(write, deed, [&](const Link& link) { return policy_body(link, change, deed); });
  put_policy(write, policy_after(seq, change));
  return seq;
}

Person recorder_of(Read& read, std::int64_t seq) {
  EventRecord event = parse_event(event_body(read, seq));
  return {std::move(event.actor), event.uid};
}

std::vector<EventRecord> events_since_verification(Read& read, PartnerId partner) {
  std::vector<EventRecord> events;
  EventCursor cursor(read, {.partner = partner,
                            .since = std::nullopt,
                            .before = std::nullopt,
                            .undone = Undone::left_out,
                            .order = EventOrder::newest_first});
  while (cursor.next()) {
    EventRecord event = parse_event(cursor.event().body);
    if (event.undoes) continue;  // it leads back to what those that are left say
    if (event.action == code_of(Action::apply)) break;
    events.push_back(std::move(event));
    if (events.back().verification) {
      std::reverse(events.begin(), events.end());
      return events;
    }
  }
  return {};
}

std::vector<PartnerNote> find_notes(Read& read, PartnerId partner) {
  std::vector<PartnerNote> notes;
  EventCursor events(
      read, {.partner = partner, .since = std::nullopt, .before = std::nullopt, .undone = Undone::left_out});
  while (events.next()) {
    const std::string_view body = events.event().body;
    if (!body.starts_with(R"({"action":"note")")) continue;
    EventRecord event = read_event(read, body);
    notes.push_back({event.day(), std::move(event.actor), std::move(event.note)});
  }
  return notes;
}

std::vector<Letter> find_letters(Read& read, PartnerId partner) {
  std::vector<Letter> letters;
  EventCursor events(
      read, {.partner = partner, .since = std::nullopt, .before = std::nullopt, .undone = Undone::left_out});
  while (events.next()) {
    const std::string_view body = events.event().body;
    if (body.starts_with(R"({"action":"letter")")) letters.push_back(*read_event(read, body).letter);
  }
  return letters;
}

std::int64_t application_number(Read& read, PartnerId partner) {
  std::int64_t number = 0;
  EventCursor events(
      read, {.partner = partner, .since = std::nullopt, .before = std::nullopt, .undone = Undone::left_out});
  while (events.next()) {
    if (events.event().body.starts_with(R"({"action":"apply")")) ++number;
  }
  return number;
}

std::optional<MessageId> find_statement_id(Read& read, PartnerId partner) {
  std::optional<MessageId> last;
  for (Letter& letter : find_letters(read, partner)) {
    if (letter.message_id) last = std::move(letter.message_id);
  }
  if (last && last->application() != application_number(read, partner)) return std::nullopt;
  return last;
}

std::optional<KeptEvent> find_last_approval(Read& read, PartnerId partner) {
  auto last = find_last_of_action(read, partner, code_of(Action::approve));
  if (!last) return std::nullopt;
  return KeptEvent{last->seq, std::move(last->body)};
}

}  // namespace covenant
