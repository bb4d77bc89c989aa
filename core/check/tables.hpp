#pragma once

#include "core/check/check.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

/// What the file says of itself; returns whether its sort keys are by the rules that this program has.
SortKeys check_properties(Read& read, const DamageSink& report);

/// The tables say what the events say: these are replayed, and every column of every row is compared.
void check_tables(Read& read, const DamageSink& report);

}  // namespace covenant
