#include "core/store/partner_events.hpp"

#include <string_view>

#include "core/base/error.hpp"
#include "core/store/stored_text.hpp"

namespace covenant {

namespace {

constexpr std::string_view events_by_partner_sql = R"(
SELECT pe.partner, e.seq, e.body, e.leaf FROM partner_event pe CROSS JOIN event e ON e.seq = pe.seq
WHERE pe.seq < coalesce(:before, 9223372036854775807) ORDER BY pe.partner, pe.seq)";

}  // namespace

PartnerEventCursor::PartnerEventCursor(Read& read, std::optional<std::int64_t> before)
    : rows_(read.query(events_by_partner_sql)) {
  rows_.bind(":before", before);
}

bool PartnerEventCursor::next() {
  if (!rows_.step()) return false;
  const std::pair place(partner(), rows_.integer(1));
  if (last_ && place <= *last_) damaged("its events are out of order");
  last_ = place;
  return true;
}

PartnerId PartnerEventCursor::partner() const {
  return stored_id(rows_, 0);
}

StoredEvent PartnerEventCursor::event() const {
  return {stored_number(rows_, 1), rows_.bytes(2), rows_.bytes(3)};
}

}  // namespace covenant
