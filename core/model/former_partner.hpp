#pragma once

#include "core/model/date.hpp"
#include "core/model/partner_id.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// What the public sees of a partner that was listed and is no longer.
struct FormerPartner {
  PartnerId id;
  Name name;
  Date joined;
  Date ended;
};

}  // namespace covenant
