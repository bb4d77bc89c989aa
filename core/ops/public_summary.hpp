#pragma once

#include "core/model/public_list.hpp"
#include "core/store/database.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

/// What a list of those partners shows in sum; `modified` is the day of the last change that it shows.
PublicSummary public_summary(Read& read, const PublicQuery& query);

}  // namespace covenant
