#pragma once

#include <string_view>

#include "core/store/database.hpp"

namespace covenant {

/// Has a table written again before the transaction commits, so that its pages have no copy of what was
/// deleted from it. The name is one of schema.sql.
void write_again_at_commit(Write& write, std::string_view table);

}  // namespace covenant
