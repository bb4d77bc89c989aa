#pragma once

#include <optional>

#include "core/model/deed.hpp"
#include "core/model/policy.hpp"
#include "core/model/text.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// How a listed partner confirmed its commitment again.
struct Renewal {
  Date on;
  std::optional<LoadedDocument> document;
  std::optional<Remark> note;
};

/// Whether the renewal is of the day that is recorded, with that document if with one, whatever its note.
bool is_so(Read& read, const Partner& partner, const Renewal& renewal);

/// Records that a listed partner confirmed its commitment again. Refused (`status`, `date`) unless the
/// partner is approved and the day not before its joining. Nothing is recorded of what is so already, when
/// there is no note. A document takes the place of the evidence, and so
/// has to satisfy the policies of the registry and `demanded`. Source: covenant-policy(1).
OutcomeResult renew(Write& write, const Partner& partner, const Renewal& renewal, const Policies& demanded,
                    const Deed& deed);

/// Adds a note to the history of a partner of any status.
OutcomeResult add_note(Write& write, const Partner& partner, const Remark& note, const Deed& deed);

}  // namespace covenant
