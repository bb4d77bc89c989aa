#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/evidence.hpp"
#include "core/model/letter.hpp"
#include "core/model/partner.hpp"
#include "core/model/partner_note.hpp"

namespace covenant {

/// All that the office knows of one partner.
struct PartnerSheet {
  Partner partner;
  std::optional<Verification> verification;
  std::vector<Commitment> commitments;  ///< the first joining first
  std::vector<KeptDocument> documents;  ///< all of them, by their numbers
  std::vector<PartnerNote> notes;       ///< the oldest first
  std::vector<Letter> letters;          ///< the first that was recorded first; for people alone
};

/// The sheet as one JSON object and a line feed: every column, then `findings`, `sources`, `commitments`,
/// `documents` and `notes`.
std::string sheet_as_json(const PartnerSheet& sheet);

}  // namespace covenant
