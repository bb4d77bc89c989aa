#pragma once

#include "core/store/check_tables.hpp"
#include "core/store/transaction.hpp"

namespace covenant {

/// Every rule of the fields, the lifecycle and the criteria on every stored row. Source: product.md sections
/// 3 to 5.
void check_rules(Read& read, const Fault& fault);

}  // namespace covenant
