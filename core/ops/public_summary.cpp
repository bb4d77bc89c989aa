#include "core/ops/public_summary.hpp"

#include "core/history/look_back.hpp"

namespace covenant {

PublicSummary public_summary(Read& read, const PublicQuery& query) {
  PublicSummary summary = summarise(read, query);
  summary.modified = last_day_shown(read, summary);
  return summary;
}

}  // namespace covenant
