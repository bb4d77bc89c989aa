#pragma once

#include <functional>
#include <string>

#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

/// Told of each thing that is wrong: "event 7: …".
using Fault = std::function<void(const std::string&)>;

/// SQLite's own check of the file, its constraints and its indexes.
void check_integrity(Read& read, const Fault& fault);

/// Every row that another names is there.
void check_foreign_keys(Read& read, const Fault& fault);

/// The events: numbered without gaps, canonical, each after the one before in time, chained by leaves that
/// are computed anew from the bodies.
void check_history(Read& read, const Fault& fault);

/// The sealed values: each has the digest that its event says, and is missing exactly where it was erased.
void check_sealed(Read& read, const Fault& fault);

/// What the file says of itself; gives whether its sort keys are by the rules that this program has.
SortKeys check_properties(Read& read, const Fault& fault);

/// The tables say what the events say: these are replayed and every column of every row is compared.
void check_tables(Read& read, const Fault& fault);

/// Every stored document has the digest and size that it is known by, and belongs to a commitment.
void check_evidence(Read& read, const Fault& fault);

}  // namespace covenant
