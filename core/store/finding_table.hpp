#pragma once

#include <optional>

#include "core/model/criteria.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What the last verification of the present application found; nothing when there was none.
std::optional<Verification> find_verification(Read& read, PartnerId partner);

/// Whether there are rows that say exactly that of each finding and source.
bool is_stored(Read& read, PartnerId partner, const Verification& verification);

/// Only the history writes findings.
void replace_findings(Write& write, PartnerId partner, const Verification& verification);
void delete_findings(Write& write, PartnerId partner);

}  // namespace covenant
