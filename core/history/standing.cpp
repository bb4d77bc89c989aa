#include "core/history/standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "core/base/error.hpp"
#include "core/history/effect.hpp"
#include "core/history/projection.hpp"
#include "core/history/undo.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/ending_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/former_name_table.hpp"

namespace covenant {

std::vector<Partner> partners_after(Read& source, const std::vector<EventRecord>& events) {
  std::vector<Partner> partners;
  partners.reserve(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    partners.push_back(partner_after(source, events[i], partners.empty() ? nullptr : &partners.back()));
    if (events[i].undoes) demand_undo(events, i, partners);
  }
  return partners;
}

Standing standing_after(Read& source, const std::vector<EventRecord>& events) {
  std::vector<Partner> partners = partners_after(source, events);
  PartnerProjection standing;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const EventRecord& event = events[i];
    const Partner* before = i == 0 ? nullptr : &partners[i - 1];
    const Partner& after = partners[i];
    const Change change = change_of(event, before, after);
    PartnerProjection projection = projection_of(event.seq, change, seals_contact(change));
    if (!projection.contact && after.application.contact) projection.contact = standing.contact;
    if (!projection.changed) projection.changed = standing.changed;
    standing = projection;
  }
  return {std::move(partners.back()), standing, attached_by(events)};
}

bool is_stored(Read& read, const Standing& standing, SortKeys sort_keys) {
  const PartnerId id = standing.partner.id;
  const auto& [verification, commitments, documents, erased_documents, endings, former_names] =
      standing.attached;
  const auto is_row = [&](const auto& row) { return is_stored(read, row.first, id, row.second); };
  return is_stored(read, standing.partner, standing.projection, sort_keys) &&
         (!verification || is_stored(read, id, *verification)) &&
         std::all_of(commitments.begin(), commitments.end(), is_row) &&
         std::all_of(documents.begin(), documents.end(), is_row) &&
         std::all_of(erased_documents.begin(), erased_documents.end(), is_row) &&
         std::all_of(endings.begin(), endings.end(), is_row) &&
         std::all_of(former_names.begin(), former_names.end(), is_row);
}

AttachedRows rows_of(const Attached& attached, std::span<const EventRecord> events) {
  const auto& [verification, commitments, documents, erased_documents, endings, former_names] = attached;
  const auto count = [](const auto& rows) { return static_cast<std::int64_t>(rows.size()); };
  return {.findings = verification ? std::int64_t{criterion_count} : 0,
          .sources = verification ? count(verification->sources) : 0,
          .commitments = count(commitments),
          .evidence = count(documents),
          .erased_documents = count(erased_documents),
          .endings = count(endings),
          .former_names = count(former_names),
          .undone_events = count(undone_events(events, nullptr))};
}

void demand_standing(Read& read, PartnerId partner) {
  const std::vector<EventRecord> events = read_events(read, read, partner, last_known_event(read, partner));
  if (events.empty()) damaged(fmt::format("{}: its events are missing", partner.str()));
  const Standing standing = standing_after(read, events);
  const auto undone = undone_events(events, nullptr);
  const bool are_undone = std::all_of(undone.begin(), undone.end(), [&](const auto& one) {
    return find_undoing(read, partner, one.first) == one.second;
  });
  if (!are_undone || !is_stored(read, standing, SortKeys::any) ||
      count_attached_rows(read, partner) != rows_of(standing.attached, events))
    damaged(fmt::format("{}: its rows are not what its events say", partner.str()));
}

}  // namespace covenant
