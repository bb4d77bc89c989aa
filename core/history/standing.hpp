#pragma once

#include <span>
#include <vector>

#include "core/history/attached.hpp"
#include "core/history/event_record.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/raw_tables.hpp"

namespace covenant {

/// What the events say of one partner: its row, and the rows of other tables that belong to it.
struct Standing {
  Partner partner;
  PartnerProjection projection;
  Attached attached;
};

/// The partner after each of the events, which are all about it, in their order and with their texts.
/// @throws Error{damaged} as `partner_after` and `demand_undo`
std::vector<Partner> partners_after(Read& source, const std::vector<EventRecord>& events);

/// What all events about one partner leave, which are in their order and with their texts; there is at least
/// one. @throws Error{damaged} as `partners_after`
Standing standing_after(Read& source, const std::vector<EventRecord>& events);

/// Whether the tables have exactly these values in the rows of that partner. Further rows are not looked for.
bool is_stored(Read& read, const Standing& standing, SortKeys sort_keys);

/// How many rows beside its own a partner has that is left so by these events.
AttachedRows rows_of(const Attached& attached, std::span<const EventRecord> events);

/// Compares the rows of one partner with what its events say, as the check of the whole registry does.
/// @throws Error{damaged} when the two differ
void demand_standing(Read& read, PartnerId partner);

}  // namespace covenant
