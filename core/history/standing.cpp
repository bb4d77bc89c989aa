#include "core/history/standing.hpp"

#include <algorithm>

#include "core/history/effect.hpp"
#include "core/history/projection.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/former_name_table.hpp"

namespace covenant {

Standing standing_after(Read& source, const EventRecord& event, const Standing* before) {
  const Partner* partner_before = before == nullptr ? nullptr : &before->partner;
  Standing after{.partner = partner_after(source, event, partner_before),
                 .projection = {},
                 .verification = event.verification,
                 .commitments = {},
                 .former_names = {}};
  const Change change = change_of(event, partner_before, after.partner);
  after.projection = projection_of(event.seq, change, seals_contact(change));
  if (before != nullptr) {
    auto& [contact, changed] = after.projection;
    if (!contact && after.partner.application.contact) contact = before->projection.contact;
    if (!changed) changed = before->projection.changed;
    if (!after.verification && after.partner.verified_on) after.verification = before->verification;
    after.commitments = before->commitments;
    after.former_names = before->former_names;
  }
  if (const Name* name = former_name(change)) after.former_names.emplace_back(event.seq, *name);
  if (event.commitment) after.commitments.emplace_back(event.seq, *event.commitment);
  if (annuls_joining(change)) {
    const auto is_joining = [](const auto& one) { return one.second.kind == CommitmentKind::joining; };
    const auto last = std::find_if(after.commitments.rbegin(), after.commitments.rend(), is_joining);
    if (last != after.commitments.rend()) last->second.annulled_by = event.seq;
  }
  return after;
}

std::optional<Standing> find_standing(Read& read, PartnerId partner) {
  std::optional<Standing> standing;
  EventCursor events(read, {.partner = partner, .since = std::nullopt, .before = std::nullopt});
  while (events.next()) {
    const EventRecord event = read_event(read, events.event().body);
    standing = standing_after(read, event, standing ? &*standing : nullptr);
  }
  return standing;
}

bool is_stored(Read& read, const Standing& standing, SortKeys sort_keys) {
  const PartnerId id = standing.partner.id;
  return is_stored(read, standing.partner, standing.projection, sort_keys) &&
         (!standing.verification || is_stored(read, id, *standing.verification)) &&
         std::all_of(
             standing.commitments.begin(), standing.commitments.end(),
             [&](const auto& joining) { return is_stored(read, joining.first, id, joining.second); }) &&
         std::all_of(standing.former_names.begin(), standing.former_names.end(),
                     [&](const auto& former) { return is_stored(read, former.first, id, former.second); });
}

}  // namespace covenant
