#pragma once

#include <optional>

#include "core/model/partner_id.hpp"
#include "core/model/verification.hpp"
#include "core/store/transaction.hpp"

namespace covenant {

/// What the last verification of the present application found; nothing when there was none.
std::optional<Verification> find_verification(Read& read, PartnerId partner);

/// Only the history writes findings.
void replace_findings(Write& write, PartnerId partner, const Verification& verification);
void delete_findings(Write& write, PartnerId partner);

}  // namespace covenant
