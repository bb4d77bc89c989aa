#pragma once

#include "core/check/check.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// SQLite's own check of the file, its constraints and its indexes.
void check_integrity(Read& read, const DamageSink& report);

/// Every row that another one names exists.
void check_foreign_keys(Read& read, const DamageSink& report);

}  // namespace covenant
