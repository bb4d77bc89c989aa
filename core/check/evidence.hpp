#pragma once

#include "core/check/check.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Every stored document has the digest and size that it is known by, and belongs to a commitment.
void check_evidence(Read& read, const DamageSink& report);

}  // namespace covenant
