#include "core/history/effect.hpp"

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/history/projection.hpp"
#include "core/history/record.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/set_columns.hpp"

namespace covenant {

namespace {

/// The contact after the event: the one that it sealed, where that was not erased since; none where the event
/// says that it was erased.
std::optional<Contact> contact_after(Read& source, const EventRecord& event, const Partner* before) {
  const auto is_contact = [](const auto& sealed) { return sealed.first == "contact"; };
  if (std::none_of(event.sealed.begin(), event.sealed.end(), is_contact)) {
    const bool is_erased = find_value(event.set, "contact_erased_on"_column);
    return before && !is_erased ? before->application.contact : std::nullopt;
  }
  const auto value = find_sealed_value(source, event.seq, "contact");
  if (!value) return std::nullopt;
  return contact_from_json(*value);
}

/// The columns that an event changes, and what they say then; the views are of the event.
struct ColumnChanges {
  ColumnSet columns;
  ColumnTexts texts;

  void set(Column column, std::optional<std::string_view> text) {
    columns.set(index_of(column));
    texts[index_of(column)] = text;
  }
};

/// `before` is null for a partner of whom nothing is known yet.
ColumnChanges changes_of(const EventRecord& event, const Partner* before) {
  ColumnChanges changes;
  std::string made;
  const auto text_of = [&](Column column) -> std::optional<std::string_view> {
    if (changes.columns.test(index_of(column))) return changes.texts[index_of(column)];
    const std::string_view text = before == nullptr ? "" : column_view(*before, column, made);
    return text.empty() ? std::nullopt : std::optional(text);
  };
  for (const auto& [column, text] : event.old) {
    if (text_of(column) != text)
      contradiction(event, "says that " + std::string(code_of(column)) + " was something else");
    changes.set(column, std::nullopt);
  }
  for (const EventText text : event.texts) {
    const auto column = event.of ? std::nullopt : column_of(text);
    if (column) changes.set(*column, std::nullopt);
  }
  for (const auto& [column, text] : event.set) changes.set(column, text);
  for (const Column column : event.emptied) {
    if (shape_of(column) != ColumnShape::practices && text_of(column))
      contradiction(event, "says that " + std::string(code_of(column)) + " was emptied");
  }
  return changes;
}

bool is_transition(Status from, Move move, Status to) {
  return std::any_of(transitions.begin(), transitions.end(), [&](const Transition& transition) {
    return transition.from == from && transition.move == move && transition.to == to;
  });
}

/// An amendment keeps the status, unless it makes an application fail that was eligible.
bool is_amendment(const EventRecord& event, Status from, Status to) {
  const bool fails = event.action == code_of(Action::update) && from == Status::eligible;
  return from == to || (fails && to == Status::applied);
}

/// The days of the partner are those of the commitment, and of the ending that a correction is about. What is
/// corrected may belong to a partnership before the present application.
void demand_days(const EventRecord& event, const Partner& after) {
  const bool is_correction = event.action == code_of(Action::correct);
  if (event.commitment) {
    const bool is_renewal = event.commitment->kind == CommitmentKind::renewal;
    const auto& day = is_renewal ? after.renewed_on : after.approved_on;
    if (day != event.commitment->received_on && (day || !is_correction))
      contradiction(event, "has another day of joining than that of receipt");
  }
  if (event.ending && after.ended_on &&
      (event.ending->on != *after.ended_on || event.ending->reason != after.end_reason))
    contradiction(event, "has another ending than the partner");
}

/// A correction is of a joining or an ending.
void demand_correction(const EventRecord& event) {
  constexpr std::array<Column, 6> correctable = {"approved_on"_column, "partner_since"_column,
                                                 "ended_on"_column,    "end_reason"_column,
                                                 "end_note"_column,    "successor"_column};
  const auto demand = [&](Column column) {
    if (std::find(correctable.begin(), correctable.end(), column) == correctable.end())
      contradiction(event, "corrects " + std::string(code_of(column)));
  };
  for (const auto& [column, text] : event.set) demand(column);
  for (const auto& [column, text] : event.old) demand(column);
  for (const EventText text : event.texts) {
    if (const auto column = column_of(text)) demand(*column);
  }
}

/// The lifecycle lets the action lead from the status before to the status after.
void demand_legal(const EventRecord& event, const Partner* before, const Partner& after) {
  const auto move = from_code<Move>(event.action);
  const bool is_legal_move = before == nullptr ? after.status == Status::applied
                             : move            ? is_transition(before->status, *move, after.status)
                                               : is_amendment(event, before->status, after.status);
  if (!is_legal_move) {
    contradiction(event, "leads " + after.id.str() + " from " +
                             std::string(before == nullptr ? "nothing" : code_of(before->status)) + " to " +
                             std::string(code_of(after.status)) + ", which " + event.action + " does not");
  }
  const bool is_recheck = after.status == Status::approved;
  if (event.verification && !is_recheck &&
      all_pass(event.verification->findings) != (after.status == Status::eligible)) {
    contradiction(event, "has findings that do not lead to " + std::string(code_of(after.status)));
  }
  if (event.letter && !fits(event.letter->kind, after.status))
    contradiction(event, "is a letter that does not fit " + std::string(code_of(after.status)));
  if (move == Move::approve || move == Move::renew || event.action == code_of(Action::correct))
    demand_days(event, after);
}

}  // namespace

void contradiction(const EventRecord& event, const std::string& what) {
  damaged("event " + std::to_string(event.seq) + " " + what);
}

Partner partner_after(Read& source, const EventRecord& event, const Partner* before) {
  const auto action = from_code<Action>(event.action);
  if (!action) contradiction(event, "has the unknown action '" + event.action + "'");
  if (before == nullptr && *action != Action::apply)
    contradiction(event, "is about a partner that never applied");
  const ColumnChanges changes = changes_of(event, before);
  Partner after = before == nullptr ? stored_partner(*event.partner, changes.texts, std::nullopt) : *before;
  if (before != nullptr) set_columns(after, changes.columns, changes.texts);
  after.application.contact = contact_after(source, event, before);
  if (*action != Action::undo) demand_legal(event, before, after);
  if (*action == Action::correct) demand_correction(event);
  return after;
}

Change change_of(const EventRecord& event, const Partner* before, const Partner& after) {
  return {.action = *from_code<Action>(event.action),
          .before = before,
          .after = after,
          .verification = event.verification ? &*event.verification : nullptr,
          .commitment = event.commitment ? &*event.commitment : nullptr,
          .ending = event.ending ? &*event.ending : nullptr,
          .further = event.further ? &*event.further : nullptr,
          .erased_document = event.erased_document ? &*event.erased_document : nullptr,
          .undoes = event.undoes ? &*event.undoes : nullptr,
          .record = &event};
}

StandingPolicy policy_after(Read& source, const EventRecord& event, const StandingPolicy* before) {
  const PolicyChange& change = *event.policy;
  const std::string name(code_of(change.to.policy()));
  if (change.old != (before == nullptr ? PolicyValue(change.to.policy()) : before->value))
    contradiction(event, "says that " + name + " was something else");
  const bool is_weaker = change.to.is_weaker_than(change.old);
  if (change.step == PolicyStep::is_proposed && !is_weaker)
    contradiction(event, "proposes a value of " + name + " that is not weaker");
  if (change.step == PolicyStep::takes_effect && is_weaker) {
    const bool is_confirmed = before != nullptr && before->proposed == change.to &&
                              !is_same_person(recorder_of(source, before->seq), {event.actor, event.uid});
    if (!is_confirmed) contradiction(event, "weakens " + name + " without a second actor");
  }
  return policy_after(event.seq, change);
}

}  // namespace covenant
