#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/history/event_record.hpp"
#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

/// What the events say of one partner: its row, and the rows of other tables that belong to it.
struct Standing {
  Partner partner;
  PartnerProjection projection;
  std::optional<Verification> verification;
  std::vector<std::pair<std::int64_t, Commitment>> commitments;  ///< by the event of the joining
  std::vector<std::pair<std::int64_t, Name>> former_names;       ///< by the event that took each away
};

/// Lets the next event of a partner follow those before; `before` is null at the first.
/// @throws Error{damaged} as `partner_after`
Standing standing_after(Read& source, const EventRecord& event, const Standing* before);

/// What all events about the partner say of it; nothing when there are none. @throws Error{damaged} as
/// `partner_after`
std::optional<Standing> find_standing(Read& read, PartnerId partner);

/// Whether the tables have exactly these values in the rows of that partner. Further rows are not looked for.
bool is_stored(Read& read, const Standing& standing, SortKeys sort_keys);

}  // namespace covenant
