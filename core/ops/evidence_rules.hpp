#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/note.hpp"
#include "core/base/result.hpp"
#include "core/history/event_record.hpp"
#include "core/model/commitment.hpp"
#include "core/model/deed.hpp"
#include "core/model/partner.hpp"
#include "core/model/policy.hpp"
#include "core/ops/loaded_document.hpp"
#include "core/store/database.hpp"

namespace covenant {

// What is asked of whatever makes or restores a listing, or its evidence. Source: covenant-lifecycle(7),
// COMMITMENT.

/// Why the policy `commitment` does not take what a joining rests on. A document that was not read is
/// unchecked.
std::optional<Problem> find_weakness(const Partner& partner, const Commitment& commitment,
                                     const PolicyValue& required);

/// An invalid document is refused whatever the policy, unless there is a reason to accept it.
std::optional<Problem> find_invalid(const Partner& partner, const Commitment& commitment);

/// Whoever verified a partner is not the second pair of eyes: the problem `rule`, where the policy
/// `four-eyes` is on. `since` are the events from the last verification on, and `what` is "approve".
std::optional<Problem> find_verifier(const Partner& partner, const std::vector<EventRecord>& since,
                                     const PolicyValue& four_eyes, const Deed& deed, std::string_view what);

/// Notes on a document, in the column or option that brought it: another partner has it too, its name
/// contradicts its type, or the e-mail is not from the partner's contact.
Notes notes_on(Read& read, const Partner& partner, const LoadedDocument& loaded, std::string_view column);

/// A note where a document has another verdict as of a corrected day of receipt.
Notes notes_on_verdict(const Commitment& before, const Commitment& after);

/// Whether the partner has the document, and its bytes.
bool has_document(Read& read, PartnerId partner, const std::string& sha256);

/// Keeps the file that a commitment which was just recorded is a detached signature of, if it is one, as a
/// further document of the partner, unless it has it. Notes: as `notes_on`.
Notes keep_signed_file(Write& write, const Partner& partner, const std::optional<LoadedDocument>& commitment,
                       const Deed& deed);

/// `find_weakness`, `find_invalid`, then `find_verifier`, of a document or a reason that takes the place of a
/// listed partner's. `what` is what was tried.
std::optional<Problem> find_weak_evidence(Read& read, const Partner& partner, const Commitment& commitment,
                                          const Policies& policies, const Deed& deed, std::string_view what);

/// A commitment is signed on or before the day of receipt, and not before the launch of the Covenant.
std::optional<Problem> find_impossible_signature(Date received_on, const std::optional<Date>& signed_on);

/// The problem of a partner without a contact person, where one is needed.
Problem without_contact(const Partner& partner);

}  // namespace covenant
