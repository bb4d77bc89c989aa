#include "core/ops/stated.hpp"

#include <algorithm>

#include "core/store/commitment_table.hpp"
#include "core/store/finding_table.hpp"

namespace covenant {

namespace {

/// What is left out agrees with everything.
template <class T>
bool agree(const std::optional<T>& said, const std::optional<T>& stored) {
  return !said || said == stored;
}

}  // namespace

bool is_so(Read& read, const Partner& partner, const StatedJoining& joining) {
  if (partner.status != Status::approved) return false;
  const std::vector<Commitment> commitments = find_commitments(read, partner.id);
  const Commitment* last = in_force(commitments);
  if (last == nullptr) return false;
  const Commitment& present = *last;
  const auto digest = present.document ? std::optional(present.document->sha256) : std::nullopt;
  return agree(joining.document, digest) && agree(joining.exception, present.exception) &&
         agree(joining.received_on, std::optional(present.received_on)) &&
         agree(joining.signed_on, present.signed_on) && agree(joining.signed_by, present.signed_by);
}

bool is_so(const Partner& partner, const StatedEnding& ending) {
  return partner.status == ending.status && agree(ending.on, partner.ended_on) &&
         agree(ending.reason, partner.end_reason) && agree(ending.note, partner.end_note) &&
         agree(ending.successor, partner.successor);
}

bool StatedFindings::says_nothing() const {
  const auto is_said = [](const auto& override) { return override.has_value(); };
  return sources.empty() && std::none_of(overrides.begin(), overrides.end(), is_said);
}

bool is_so(Read& read, const Partner& partner, const StatedFindings& stated) {
  if (stated.says_nothing()) return false;
  const auto last = find_verification(read, partner.id);
  if (!last) return false;
  Overrides by_people;
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const Finding& finding = last->findings[i];
    if (finding.by_person) by_people[i] = finding.verdict;
    if (!agree(stated.overrides[i], by_people[i])) return false;
  }
  const auto is_kept = [&](const Remark& source) {
    return std::find(last->sources.begin(), last->sources.end(), source) != last->sources.end();
  };
  return std::all_of(stated.sources.begin(), stated.sources.end(), is_kept) &&
         evaluate(partner.application, by_people) == last->findings;
}

}  // namespace covenant
