#pragma once

#include <vector>

#include "core/model/criteria.hpp"
#include "core/model/deed.hpp"
#include "core/model/text.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Checks the eligibility of a partner and records every result, with what was consulted. The status of an
/// application becomes `eligible` or `ineligible`; a partner that cannot be verified is the problem `status`.
/// That of a listed partner stays: it is checked again. Each earlier finding of a person that is not repeated
/// is a note.
OutcomeResult verify(Write& write, const Partner& partner, const Overrides& overrides,
                     const std::vector<Remark>& sources, const Deed& deed);

}  // namespace covenant
