#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// All that the office knows of one partner.
struct PartnerSheet {
  Partner partner;
  std::optional<Verification> verification;
  std::vector<Commitment> commitments;  ///< the first joining first
};

/// The sheet for people: a line "label  text" for each field that is there; lines of long texts are indented.
std::string sheet_as_text(const PartnerSheet& sheet);

/// The sheet as one JSON object and a line feed: every column, then `findings`, `sources` and `commitments`.
std::string sheet_as_json(const PartnerSheet& sheet);

}  // namespace covenant
