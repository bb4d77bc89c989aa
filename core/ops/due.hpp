#pragma once

#include "core/model/date.hpp"
#include "core/store/database.hpp"
#include "core/store/due_list.hpp"
#include "core/store/due_rows.hpp"

namespace covenant {

/// Everything that needs attention by the end of `until`. Source: covenant-due(1).
DueRows find_due(Read& read, Date until, const DueTerms& terms);

}  // namespace covenant
