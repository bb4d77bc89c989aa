#pragma once

#include <optional>
#include <string>

#include "core/model/codes.hpp"
#include "core/model/deed.hpp"
#include "core/model/policy.hpp"
#include "core/model/signature.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What is found in the document of a joining, as of the day of receipt that is corrected.
struct JudgedAgain {
  std::string sha256;
  Judgement judgement;
};

/// What was entered wrongly, as it should be; what is absent stays.
struct Correction {
  std::optional<Date> received_on;
  std::optional<Date> signed_on;
  std::optional<PersonText> signed_by;
  std::optional<LoadedDocument> document;
  std::optional<JudgedAgain> judged_again;  ///< where its document could be judged again
  std::optional<Remark> exception;          ///< why there is no document
  std::optional<Date> ended_on;
  std::optional<EndReason> end_reason;
  std::optional<Remark> end_note;
  std::optional<PartnerId> successor;
  Remark because;
};

/// Corrects facts of the partner's present or last joining, and of its last ending; the days that follow from
/// them follow, and the status stays. A joining is annulled when its ending becomes one that was entered in
/// error, and counts again when it becomes another. Refused (`rule`, `date`) where there is no such joining
/// or ending, where the rules about successors and days refuse it, and, of another document or exception,
/// where the policies do: those of the registry or `demanded`, whichever are stricter; so is another verdict,
/// which is `unchecked` where the day of receipt changes and the document was not judged again. What is so
/// already leaves the partner unchanged. Source: covenant-correct(1).
OutcomeResult correct(Write& write, const Partner& partner, const Correction& correction,
                      const Policies& demanded, const Deed& deed);

}  // namespace covenant
