#include "core/history/projection.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "core/history/attached.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/ending_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/former_name_table.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

bool names_public_column(const EventRecord& event) {
  const auto is_public = [](Column column) { return info_of(column).publicity.is_public(); };
  const auto has_public = [&](const EventRecord::Values& values) {
    return std::any_of(values.begin(), values.end(),
                       [&](const auto& value) { return is_public(value.first); });
  };
  if (has_public(event.set) || has_public(event.old)) return true;
  if (std::any_of(event.emptied.begin(), event.emptied.end(), is_public)) return true;
  return !event.of && std::any_of(event.texts.begin(), event.texts.end(), [&](EventText text) {
    const auto column = column_of(text);
    return column && is_public(*column);
  });
}

namespace {

/// What the public list shows of a partner that was on it and is no longer; nothing of others.
auto former_entry(const Partner* partner) {
  using Entry = std::tuple<Name, Date, Date, bool, std::optional<PartnerId>>;
  if (partner == nullptr || !partner->partner_since || !partner->ended_on) return std::optional<Entry>();
  return std::optional(Entry(partner->application.name, *partner->partner_since, *partner->ended_on,
                             partner->end_reason == EndReason::entered_in_error, partner->successor));
}

/// Whether what the public list shows of the partner differs.
bool changes_public_list(const Change& change) {
  const bool was_listed = change.before != nullptr && change.before->status == Status::approved;
  const bool is_listed = change.after.status == Status::approved;
  if (was_listed != is_listed) return true;
  if (!is_listed) return former_entry(change.before) != former_entry(&change.after);
  if (change.record != nullptr) return names_public_column(*change.record);
  return change.before->partner_since != change.after.partner_since ||
         !look_the_same_in_public(change.before->application, change.after.application);
}

/// Whether the partner was verified and no longer is.
bool ends_verification(const Change& change) {
  return change.before != nullptr && change.before->verified_on && !change.after.verified_on;
}

void project_attached(Write& write, PartnerId id, const Attached& attached) {
  if (attached.verification) {
    replace_findings(write, id, *attached.verification);
  } else {
    delete_findings(write, id);
  }
  delete_commitments(write, id);
  for (const auto& [seq, commitment] : attached.commitments) insert_commitment(write, seq, id, commitment);
  delete_evidence(write, id);
  for (const auto& [seq, further] : attached.documents) insert_evidence(write, seq, id, further);
  for (const auto& [seq, erased] : attached.erased_documents) insert_erased_document(write, seq, id, erased);
  delete_endings(write, id);
  for (const auto& [seq, ending] : attached.endings) insert_ending(write, seq, id, ending);
  delete_former_names(write, id);
  for (const auto& [seq, name] : attached.former_names) insert_former_name(write, seq, id, name);
}

}  // namespace

SealsContact seals_contact(const Change& change) {
  const auto& contact = change.after.application.contact;
  const bool seals = contact && (change.before == nullptr || change.before->application.contact != contact);
  return seals ? SealsContact::yes : SealsContact::no;
}

PartnerProjection projection_of(std::int64_t seq, const Change& change, SealsContact seals) {
  PartnerProjection projection;
  if (seals == SealsContact::yes) projection.contact = seq;
  if (changes_public_list(change)) projection.changed = seq;
  return projection;
}

const Name* former_name(const Change& change) {
  if (change.before == nullptr) return nullptr;
  const Name& name = change.before->application.name;
  return name == change.after.application.name ? nullptr : &name;
}

void project(Write& write, Read& source, std::int64_t seq, const Change& change, SealsContact seals) {
  const PartnerProjection projection = projection_of(seq, change, seals);
  if (change.before == nullptr) {
    insert_partner(write, change.after, projection);
  } else {
    update_partner(write, *change.before, change.after, projection);
  }
  const PartnerId id = change.after.id;
  insert_partner_event(write, id, seq);
  if (change.action == Action::correct || change.action == Action::undo || change.action == Action::erase) {
    const std::vector<EventRecord> events = read_events(write, source, id, seq);
    if (change.undoes != nullptr) set_undone_events(write, id, undone_events(events, nullptr));
    return project_attached(write, id, attached_by(events));
  }
  if (const Name* name = former_name(change)) insert_former_name(write, seq, id, *name);
  if (change.verification != nullptr) replace_findings(write, id, *change.verification);
  if (ends_verification(change)) delete_findings(write, id);
  if (change.commitment != nullptr) insert_commitment(write, seq, id, *change.commitment);
  if (annuls_joining(change)) annul_joining(write, id, seq);
  if (change.further != nullptr) insert_evidence(write, seq, id, *change.further);
  if (const std::string* document = document_brought_by(change)) restore_document(write, id, *document);
  if (change.erased_document != nullptr) insert_erased_document(write, seq, id, *change.erased_document);
  if (const auto ending = ending_of(change)) insert_ending(write, seq, id, *ending);
}

StandingPolicy policy_after(std::int64_t seq, const PolicyChange& change) {
  if (change.step == PolicyStep::takes_effect) return {change.to, std::nullopt, seq};
  return {change.old, change.to, seq};
}

}  // namespace covenant
