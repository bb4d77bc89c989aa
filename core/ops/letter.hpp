#pragma once

#include "core/model/date.hpp"
#include "core/model/deed.hpp"
#include "core/model/letter.hpp"
#include "core/model/partner.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Records that a letter of that kind was sent to the partner's contact on that day. Refused (`status`,
/// `rule`, `date`) when the kind does not fit the partner's status, when there is no contact, and when the
/// day is before what the letter is about.
OutcomeResult record_letter(Write& write, const Partner& partner, LetterKind kind, Date on, const Deed& deed);

}  // namespace covenant
