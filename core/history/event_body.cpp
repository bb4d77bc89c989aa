#include "core/history/event_body.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/history/event_record.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// The columns that events have in the clear, in the order of their names.
constexpr auto recorded_columns = [] {
  constexpr auto count =
      static_cast<std::size_t>(std::count_if(all_columns.begin(), all_columns.end(), is_in_the_clear));
  std::array<Column, count> recorded{};
  std::copy_if(all_columns.begin(), all_columns.end(), recorded.begin(), is_in_the_clear);
  std::sort(recorded.begin(), recorded.end(), [](Column a, Column b) { return code_of(a) < code_of(b); });
  return recorded;
}();

void write_value(JsonWriter& json, Column column, std::string_view text) {
  switch (shape_of(column)) {
    case ColumnShape::text:
    case ColumnShape::yes_or_no:
    case ColumnShape::practices:  // sealed
      json.value(text);
      break;
    case ColumnShape::number:
      json.raw(text);
      break;
    case ColumnShape::categories:
      json.array_of(text);
      break;
  }
}

/// The columns of `side` that it does not have in common with `other`, as an object; no object when it has
/// none.
void write_side(JsonWriter& json, std::string_view name, const Partner* side, const Partner* other) {
  if (side == nullptr) return;
  bool any = false;
  std::string made;
  std::string made_of_other;
  for (const Column column : recorded_columns) {
    const std::string_view text = column_view(*side, column, made);
    if (text.empty() || (other != nullptr && text == column_view(*other, column, made_of_other))) continue;
    if (!any) json.key(name).begin_object();
    any = true;
    json.key(code_of(column));
    write_value(json, column, text);
  }
  if (any) json.end_object();
}

void write_document(JsonWriter& json, const Document& document) {
  json.key("document").begin_object();
  json.member("sha256", document.sha256).member("size", static_cast<std::int64_t>(document.size));
  json.member("type", document.type);
  json.end_object();
}

void write_removed(JsonWriter& json, const ErasedDocument& erased) {
  json.key("removed").begin_object().member("sha256", erased.sha256);
  json.member("size", static_cast<std::int64_t>(erased.size)).end_object();
}

void write_further(JsonWriter& json, const FurtherDocument& further) {
  json.key("document").begin_object().member("added_on", further.added_on.str());
  json.member("sha256", further.document.sha256);
  json.member("size", static_cast<std::int64_t>(further.document.size));
  json.member("type", further.document.type).end_object();
}

void write_commitment(JsonWriter& json, const Commitment& commitment) {
  json.key("commitment").begin_object();
  if (commitment.document) write_document(json, *commitment.document);
  const auto& judgement = commitment.judgement;
  if (judgement && judgement->part) json.member("part", *judgement->part);
  json.member("received_on", commitment.received_on.str());
  if (judgement && judgement->signed_file) json.member("signed_file", *judgement->signed_file);
  if (commitment.signed_on) json.member("signed_on", commitment.signed_on->str());
  if (judgement) json.member("verdict", code_of(judgement->verdict));
  json.end_object();
}

void write_ending(JsonWriter& json, const Ended& ending) {
  json.key("ending").begin_object();
  if (ending.reason) json.member("end_reason", code_of(*ending.reason));
  json.member("ended_on", ending.on.str()).end_object();
}

void write_findings(JsonWriter& json, const Verification& verification) {
  json.key("findings").begin_object();
  for (const Criterion criterion : criteria_by_name) {
    const Finding& finding = verification.findings[static_cast<std::size_t>(criterion)];
    json.key(code_of(criterion)).begin_object();
    json.member("by", finding.by_person ? "person" : "rule").member("result", code_of(finding.verdict));
    json.end_object();
  }
  json.end_object();
}

void write_letter(JsonWriter& json, const Letter& letter) {
  json.key("letter").begin_object().member("kind", code_of(letter.kind)).member("on", letter.on.str());
  json.end_object();
}

void write_sealed(JsonWriter& json, const SealedDigests& sealed) {
  if (sealed.contact.empty() && sealed.texts.empty()) return;
  json.key("sealed").begin_object();
  if (!sealed.contact.empty()) json.member("contact", sealed.contact);
  if (!sealed.texts.empty()) json.member("texts", sealed.texts);
  json.end_object();
}

/// The fields from which an erasure took a text.
void write_emptied(JsonWriter& json, const Change& change) {
  bool any = false;
  for (const EventText text : all_event_texts) {
    const auto column = column_of(text);
    if (!column || column_text(*change.before, *column) == column_text(change.after, *column)) continue;
    if (!any) json.key("emptied").begin_array();
    any = true;
    json.value(code_of(text));
  }
  if (any) json.end_array();
}

void write_erased(JsonWriter& json, const std::vector<SealedName>& erased) {
  json.key("erased").begin_array();
  for (const SealedName& name : erased) json.begin_array().value(name.seq).value(name.field).end_array();
  json.end_array();
}

void write_undoing(JsonWriter& json, const Undoing& undoing) {
  json.key("undoes").begin_object().key("events").begin_array();
  for (const std::int64_t seq : undoing.events) json.value(seq);
  json.end_array().member("run", undoing.run).end_object();
}

void write_policies(JsonWriter& json, const Policies& policies) {
  json.key("policies").begin_object();
  for (const Policy policy : policies_by_name) json.member(code_of(policy), policies.of(policy).str());
  json.end_object();
}

void write_deed(JsonWriter& json, std::string_view action, const Deed& deed, const Link& link) {
  json.member("action", action).member("actor", deed.actor);
  json.member("actor_source", code_of(deed.actor_source)).member("at", link.at);
  if (!link.clock.empty()) json.member("clock", link.clock);
}

}  // namespace

std::string init_body(const Link& link, std::string_view origin, const Deed& deed) {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  write_deed(json, "init", deed, link);
  json.member("origin", origin).member("prev", link.prev).member("run", deed.run);
  json.member("seq", link.seq).member("uid", deed.uid).member("v", present_version).end_object();
  return body;
}

std::string policy_body(const Link& link, const PolicyChange& change, const Deed& deed) {
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  write_deed(json, "policy", deed, link);
  json.key("policy").begin_object().member("name", code_of(change.to.policy()));
  if (change.step == PolicyStep::takes_effect) json.member("new", change.to.str());
  json.member("old", change.old.str());
  if (change.step == PolicyStep::is_proposed) json.member("proposed", change.to.str());
  json.end_object().member("prev", link.prev).member("run", deed.run);
  json.member("seq", link.seq).member("uid", deed.uid).member("v", present_version).end_object();
  return body;
}

std::string change_body(const Link& link, const Change& change, const SealedDigests& sealed,
                        const Deed& deed) {
  std::string body;
  constexpr std::size_t common_size = 1024;
  body.reserve(common_size);
  JsonWriter json(body);
  json.begin_object();
  write_deed(json, code_of(change.action), deed, link);
  if (change.commitment != nullptr) write_commitment(json, *change.commitment);
  if (change.ending != nullptr) write_ending(json, *change.ending);
  if (change.further != nullptr) write_further(json, *change.further);
  if (change.erased != nullptr) {
    write_emptied(json, change);
    write_erased(json, *change.erased);
  }
  if (change.verification != nullptr) write_findings(json, *change.verification);
  if (change.letter != nullptr) write_letter(json, *change.letter);
  write_side(json, "new", &change.after, change.before);
  if (change.remaining != nullptr) json.member("of", change.remaining->of);
  write_side(json, "old", change.before, &change.after);
  json.member("partner", change.after.id.number());
  if (change.policies != nullptr) write_policies(json, *change.policies);
  json.member("prev", link.prev);
  if (change.erased_document != nullptr) write_removed(json, *change.erased_document);
  json.member("run", deed.run);
  write_sealed(json, sealed);
  json.member("seq", link.seq);
  if (!sealed.text_names.empty()) json.key("texts").raw(sealed.text_names);
  json.member("uid", deed.uid);
  if (change.undoes != nullptr) write_undoing(json, *change.undoes);
  json.member("v", present_version).end_object();
  return body;
}

}  // namespace covenant
