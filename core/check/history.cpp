#include <fmt/format.h>

#include "core/check/chain.hpp"
#include "core/check/tables.hpp"

namespace covenant {

void check_history(Read& read, const Fault& fault) {
  ChainWalk walk(fault);
  Query query = read.query("SELECT seq, body, leaf FROM event ORDER BY seq");
  bool any = false;
  while (query.step()) {
    walk.visit(query.integer(0), query.text(1), query.text(2));
    any = true;
  }
  if (!any) fault("there is no event, not even the first");
  Query known = read.query("SELECT coalesce(max(seq), 0) FROM partner_event");
  if (known.step() && known.integer(0) > walk.last()) {
    fault(fmt::format("event {} is missing: the tables know of events up to {}", walk.last() + 1,
                      known.integer(0)));
  }
}

}  // namespace covenant
