#pragma once

#include <bitset>

#include "core/model/partner.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

using ColumnSet = std::bitset<column_count>;

/// Sets the columns that are in the set to what their texts say, as `stored_partner` does.
void set_columns(Partner& partner, const ColumnSet& columns, const ColumnTexts& texts);

}  // namespace covenant
