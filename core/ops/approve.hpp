#pragma once

#include <optional>
#include <vector>

#include "core/history/event_record.hpp"
#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/deed.hpp"
#include "core/model/policy.hpp"
#include "core/ops/loaded_document.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What the office has received for a joining.
struct ApprovalEvidence {
  std::optional<LoadedDocument> document;
  std::optional<Remark> exception;  ///< why there is no document
  Date received_on;
  std::optional<Date> signed_on;
  std::optional<PersonText> signed_by;
};

/// The criteria whose fields were amended after the verification, which comes first.
Criteria amended_since(const std::vector<EventRecord>& events);

/// Confirms a joining on the day the commitment was received. Refused (`status`, `rule`) unless the partner
/// is eligible and still passes every criterion, has a contact person, and there is a commitment or a
/// recorded exception; and when the policies refuse it: those of the registry or `demanded`, whichever are
/// stricter. Notes: a document that another partner has too, and one whose name contradicts its type.
OutcomeResult approve(Write& write, const Partner& partner, const ApprovalEvidence& evidence,
                      const Policies& demanded, const Deed& deed);

}  // namespace covenant
