#include "core/store/replay.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.hpp"
#include "core/store/event_record.hpp"
#include "core/store/history.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/projection.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored.hpp"
#include "core/store/stored_partner.hpp"

namespace covenant {

namespace {

[[noreturn]] void contradiction(const EventRecord& event, const std::string& what) {
  throw Error(ErrorKind::damaged, "the registry is damaged: event " + std::to_string(event.seq) + " " + what);
}

std::array<std::optional<std::string>, column_count> columns_of(const std::optional<Partner>& partner) {
  std::array<std::optional<std::string>, column_count> texts;
  for (std::size_t i = 0; partner && i < column_count; ++i)
    texts[i] = column_text(*partner, static_cast<Column>(i));
  return texts;
}

/// The contact that stands after the event: the one that it sealed, where that was not erased since.
std::optional<Contact> contact_after(Read& source, const EventRecord& event,
                                     const std::optional<Partner>& before) {
  const auto is_contact = [](const auto& sealed) { return sealed.first == "contact"; };
  if (std::none_of(event.sealed.begin(), event.sealed.end(), is_contact)) {
    return before && event.erased.empty() ? before->application.contact : std::nullopt;
  }
  Query query = source.query("SELECT value FROM sealed WHERE seq = ?1 AND field = 'contact'");
  query.with(event.seq);
  if (!query.step()) return std::nullopt;
  return contact_from_json(query.text(0));
}

Partner partner_after(Read& source, const EventRecord& event, const std::optional<Partner>& before) {
  auto texts = columns_of(before);
  for (const auto& [column, text] : event.stood) {
    auto& standing = texts[static_cast<std::size_t>(column)];
    if (standing != text)
      contradiction(event, "says that " + std::string(code_of(column)) + " was something else");
    standing.reset();
  }
  for (const auto& [column, text] : event.set) texts[static_cast<std::size_t>(column)] = text;
  ColumnTexts views;
  std::copy(texts.begin(), texts.end(), views.begin());
  return stored_partner(*event.partner, views, contact_after(source, event, before));
}

bool is_transition(Status from, Move move, Status to) {
  return std::any_of(transitions.begin(), transitions.end(), [&](const Transition& transition) {
    return transition.from == from && transition.move == move && transition.to == to;
  });
}

/// The lifecycle lets the action lead from where the partner stood to where it stands now.
void demand_legal(const EventRecord& event, const Partner* before, const Partner& after) {
  const auto move = from_code<Move>(event.action);
  const bool is_legal_move = before == nullptr ? after.status == Status::applied
                             : move            ? is_transition(before->status, *move, after.status)
                                               : before->status == after.status;
  if (!is_legal_move) {
    contradiction(event, "leads " + after.id.str() + " from " +
                             std::string(before == nullptr ? "nothing" : code_of(before->status)) + " to " +
                             std::string(code_of(after.status)) + ", which " + event.action + " does not");
  }
  if (event.verification && all_pass(event.verification->findings) != (after.status == Status::eligible)) {
    contradiction(event, "has findings that do not lead to " + std::string(code_of(after.status)));
  }
  if (event.commitment && after.approved_on != event.commitment->received_on)
    contradiction(event, "has another day of joining than that of receipt");
}

void copy_event(Write& target, std::int64_t seq, const std::string& body) {
  target.query("INSERT INTO event (seq, body, leaf) VALUES (?1, ?2, x'')").with(seq, Kept{body}).run();
}

void copy_sealed(Read& source, Write& target, std::int64_t seq) {
  Query sealed = source.query("SELECT field, salt, value FROM sealed WHERE seq = ?1");
  sealed.with(seq);
  while (sealed.step()) {
    insert_sealed(target, seq, sealed.text(0), {std::string(sealed.text(1)), ""},
                  std::string(sealed.text(2)));
  }
}

void apply_event(Read& source, Write& target, const EventRecord& event) {
  if (!event.partner) return;
  const auto before = find_partner(target, *event.partner);
  const auto action = from_code<Action>(event.action);
  if (!action) contradiction(event, "has the unknown action '" + event.action + "'");
  if (!before && *action != Action::apply) contradiction(event, "is about a partner that never applied");
  if (!before && *event.partner != next_partner_id(target)) contradiction(event, "has not the next id");
  const Partner after = partner_after(source, event, before);
  demand_legal(event, before ? &*before : nullptr, after);
  const Change change{.action = *action,
                      .before = before ? &*before : nullptr,
                      .after = after,
                      .verification = event.verification ? &*event.verification : nullptr,
                      .commitment = event.commitment ? &*event.commitment : nullptr};
  const bool seals =
      after.application.contact && (!before || before->application.contact != after.application.contact);
  project(target, event.seq, change, seals ? SealsContact::yes : SealsContact::no, event.at.date());
}

}  // namespace

Registry replay(Read& source, std::optional<Date> until) {
  Registry replayed = Registry::temporary();
  Write target = replayed.write();
  target.drop_indexes();
  Query events = source.query("SELECT seq, body FROM event ORDER BY seq");
  while (events.step()) {
    const std::string body(events.text(1));
    const EventRecord event = parse_event(body);
    if (until && event.at.date() > *until) break;  // events are in the order of their times
    if (until) copy_event(target, event.seq, body);
    copy_sealed(source, target, events.integer(0));
    apply_event(source, target, event);
  }
  target.commit();
  return replayed;
}

}  // namespace covenant
