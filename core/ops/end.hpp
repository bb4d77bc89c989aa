#pragma once

#include <optional>
#include <string>

#include "core/model/codes.hpp"
#include "core/model/deed.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// How an involvement ends.
struct Ending {
  Date on;
  std::optional<EndReason> reason;  ///< when the Commission ends it
  std::optional<Remark> note;
  std::optional<PartnerId> successor;  ///< when the reason is `merged`
};

/// Why that partner cannot be named as the successor, or why one has to be: a merger has a listed one, and
/// nothing else has one.
std::optional<Problem> find_wrong_successor(Read& read, const Partner& partner,
                                            std::optional<EndReason> reason,
                                            std::optional<PartnerId> successor);

/// Ends a listed partnership for the Commission. Refused (`status`, `rule`, `date`) unless the partner is
/// approved, a merger has a listed successor and nothing else has one, and the day is not before the joining.
OutcomeResult revoke(Write& write, const Partner& partner, const Ending& ending, const Deed& deed);

/// Ends an application or a partnership for the organisation itself.
OutcomeResult withdraw(Write& write, const Partner& partner, const Ending& ending, const Deed& deed);

}  // namespace covenant
