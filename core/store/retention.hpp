#pragma once

#include <vector>

#include "core/model/date.hpp"
#include "core/model/partner.hpp"
#include "core/model/text.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// A partner of which a contact is kept that nobody needs any more.
struct KeptContact {
  PartnerId partner;
  Name name;
  Date since;  ///< the day of its ending, its refusal, or on which the first such contact was replaced
};

/// The partners that ended, were refused or withdrew by the end of `until`, and of which a contact is still
/// kept; and the listed ones of which a contact is kept that was replaced by then. The longest first, then by
/// their ids. Source: covenant-due(1).
std::vector<KeptContact> retention_due(Read& read, Date until);

}  // namespace covenant
