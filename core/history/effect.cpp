#include "core/history/effect.hpp"

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/history/projection.hpp"
#include "core/history/record.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

/// The contact after the event: the one that it sealed, where that was not erased since.
std::optional<Contact> contact_after(Read& source, const EventRecord& event, const Partner* before) {
  const auto is_contact = [](const auto& sealed) { return sealed.first == "contact"; };
  if (std::none_of(event.sealed.begin(), event.sealed.end(), is_contact)) {
    return before ? before->application.contact : std::nullopt;
  }
  const auto value = find_sealed_value(source, event.seq, "contact");
  if (!value) return std::nullopt;
  return contact_from_json(*value);
}

using OwnedTexts = std::array<std::optional<std::string>, column_count>;

OwnedTexts columns_of(const Partner& partner) {
  OwnedTexts texts;
  for (const Column column : all_columns) texts[index_of(column)] = column_text(partner, column);
  return texts;
}

/// The columns after the event; the views are of the event and of `before`.
ColumnTexts columns_after(const EventRecord& event, const OwnedTexts& before) {
  ColumnTexts texts;
  std::copy(before.begin(), before.end(), texts.begin());
  for (const auto& [column, text] : event.old) {
    auto& standing = texts[index_of(column)];
    if (standing != text)
      contradiction(event, "says that " + std::string(code_of(column)) + " was something else");
    standing.reset();
  }
  for (const EventText text : event.texts) {
    const auto column = event.of ? std::nullopt : column_of(text);
    if (column) texts[index_of(*column)].reset();
  }
  for (const auto& [column, text] : event.set) texts[index_of(column)] = text;
  for (const Column column : event.emptied) {
    if (shape_of(column) != ColumnShape::practices && texts[index_of(column)])
      contradiction(event, "says that " + std::string(code_of(column)) + " was emptied");
  }
  return texts;
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
  const bool is_renewal = event.commitment && event.commitment->kind == CommitmentKind::renewal;
  if (event.commitment &&
      (is_renewal ? after.renewed_on : after.approved_on) != event.commitment->received_on)
    contradiction(event, "has another day of joining than that of receipt");
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
  const OwnedTexts old = before == nullptr ? OwnedTexts() : columns_of(*before);
  Partner after =
      stored_partner(*event.partner, columns_after(event, old), contact_after(source, event, before));
  demand_legal(event, before, after);
  return after;
}

Change change_of(const EventRecord& event, const Partner* before, const Partner& after) {
  return {.action = *from_code<Action>(event.action),
          .before = before,
          .after = after,
          .verification = event.verification ? &*event.verification : nullptr,
          .commitment = event.commitment ? &*event.commitment : nullptr,
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
