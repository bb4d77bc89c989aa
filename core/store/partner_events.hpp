#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"

namespace covenant {

/// Goes through the events of which the tables know the partner: by partner, of each in their order.
class PartnerEventCursor {
 public:
  /// Those before the event of that number, or all.
  PartnerEventCursor(Read& read, std::optional<std::int64_t> before);

  /// Goes to the next event; false when there is none. @throws Error{damaged} as `EventCursor::next`
  bool next();
  PartnerId partner() const;
  StoredEvent event() const;

 private:
  Query rows_;
  std::optional<std::pair<PartnerId, std::int64_t>> last_;
};

}  // namespace covenant
