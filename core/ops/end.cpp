#include "core/ops/end.hpp"

#include <fmt/format.h>

#include "core/history/record.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

namespace {

OutcomeResult end(Write& write, const Partner& partner, Action action, Status status, const Ending& ending,
                  const Deed& deed) {
  const bool is_listed = partner.status == Status::approved;
  const Date begin = is_listed ? *partner.approved_on : partner.application.applied_on;
  if (auto problem = find_too_early("on", ending.on, is_listed ? "the joining" : "the application", begin))
    return refuse(*std::move(problem));
  if (is_listed && partner.renewed_on && ending.on < *partner.renewed_on)
    return refuse(too_early("on", ending.on, "the renewal", *partner.renewed_on));
  Partner after = partner;
  after.status = status;
  after.ended_on = ending.on;
  after.end_reason = ending.reason;
  after.end_note = ending.note;
  after.successor = ending.successor;
  if (ending.reason == EndReason::entered_in_error)
    after.partner_since = find_first_joining(write, partner.id, Joinings::before_the_last);
  record(write, {.action = action, .before = &partner, .after = after}, deed);
  return updated(partner, after);
}

/// Why a partner cannot be named as the successor of another, and which one could.
std::string unlisted_successor(Read& read, PartnerId successor) {
  if (const auto heir = find_listed_successor(read, successor)) {
    return fmt::format("{} is not listed, and cannot be a successor; it merged into {}", successor.str(),
                       heir->id.str());
  }
  return fmt::format("{} is not listed, and cannot be a successor; approve it first", successor.str());
}

}  // namespace

std::optional<Problem> find_wrong_successor(Read& read, const Partner& partner,
                                            std::optional<EndReason> reason,
                                            std::optional<PartnerId> successor) {
  const bool merged = reason == EndReason::merged;
  if (merged && !successor)
    return rule_refuses(partner, "a merger needs a successor; name the partner that continues", "successor");
  if (!merged && successor)
    return rule_refuses(partner, "only a merger has a successor; the reason must be 'merged'", "successor");
  if (!successor) return std::nullopt;
  if (successor == partner.id)
    return rule_refuses(partner, fmt::format("{} cannot be its own successor", partner.id.str()),
                        "successor");
  const auto named = find_partner(read, *successor);
  if (named && named->status == Status::approved) return std::nullopt;
  return rule_refuses(partner, unlisted_successor(read, *successor), "successor");
}

OutcomeResult revoke(Write& write, const Partner& partner, const Ending& ending, const Deed& deed) {
  if (!is_legal(partner.status, Move::revoke)) return refuse(illegal_move(partner, Move::revoke));
  if (auto problem = find_wrong_successor(write, partner, ending.reason, ending.successor))
    return refuse(*std::move(problem));
  return end(write, partner, Action::revoke, Status::revoked, ending, deed);
}

OutcomeResult withdraw(Write& write, const Partner& partner, const Ending& ending, const Deed& deed) {
  if (!is_legal(partner.status, Move::withdraw)) return refuse(illegal_move(partner, Move::withdraw));
  return end(write, partner, Action::withdraw, Status::withdrawn, ending, deed);
}

}  // namespace covenant
