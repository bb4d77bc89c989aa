#include "core/ops/evidence_rules.hpp"

#include <fmt/format.h>

#include <string>

#include "core/documents/media_type.hpp"
#include "core/history/record.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/commitment_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

std::optional<Problem> find_weakness(const Partner& partner, const Commitment& commitment,
                                     const PolicyValue& required) {
  if (required.is_weakest()) return std::nullopt;
  if (!commitment.document) {
    return rule_refuses(
        partner,
        fmt::format("{}: a joining without its commitment is refused by the policy commitment, "
                    "which is '{}'",
                    partner.id.str(), required.str()),
        "");
  }
  const auto& name = commitment.document->name;
  return rule_refuses(
      partner,
      fmt::format("{}: {} is unchecked, since signatures are not read, and the policy "
                  "commitment is '{}'",
                  partner.id.str(), name ? fmt::format("'{}'", for_terminal(name->str())) : "its commitment",
                  required.str()),
      "");
}

std::optional<Problem> find_verifier(const Partner& partner, const std::vector<EventRecord>& since,
                                     const PolicyValue& four_eyes, const Deed& deed, std::string_view what) {
  if (four_eyes.is_weakest() || since.empty()) return std::nullopt;
  const EventRecord& verification = since.front();
  if (!is_same_person({verification.actor, verification.uid}, person_of(deed))) return std::nullopt;
  return rule_refuses(partner,
                      fmt::format("{}: verified by {}; four-eyes requires another actor to {}",
                                  partner.id.str(), verification.actor, what),
                      "");
}

Notes notes_on(Read& read, const Partner& partner, const Document& document, std::string_view column) {
  Notes notes;
  const std::string name = document.name ? document.name->str() : std::string();
  if (const auto other = find_other_holder(read, document.sha256, partner.id)) {
    notes.push_back(Note::of(NoteCode::document, name,
                             fmt::format("'{}' is also a document of {}", name, other->str()), column));
  }
  if (auto why = find_contradiction(name, document.type))
    notes.push_back(Note::of(NoteCode::document, name, *std::move(why), column));
  return notes;
}

std::optional<Problem> find_weak_evidence(Read& read, const Partner& partner, const Commitment& commitment,
                                          const Policies& policies, const Deed& deed, std::string_view what) {
  if (auto weakness = find_weakness(partner, commitment, policies.of(Policy::commitment))) return weakness;
  return find_verifier(partner, events_since_verification(read, partner.id), policies.of(Policy::four_eyes),
                       deed, what);
}

std::optional<Problem> find_impossible_signature(Date received_on, const std::optional<Date>& signed_on) {
  if (!signed_on) return std::nullopt;
  if (received_on < *signed_on) return too_early("received_on", received_on, "the signature", *signed_on);
  auto problem = find_before_launch(*signed_on);
  if (problem) problem->column = "signed_on";
  return problem;
}

Problem without_contact(const Partner& partner) {
  const std::string id = partner.id.str();
  return rule_refuses(partner,
                      fmt::format("{}: no contact person; name one with 'covenant update {}'", id, id), "");
}

}  // namespace covenant
