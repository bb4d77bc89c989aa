#include "core/ops/letter.hpp"

#include <fmt/format.h>

#include <optional>

#include "core/history/record.hpp"
#include "core/ops/evidence_rules.hpp"

namespace covenant {

namespace {

std::optional<Problem> find_misfit(const Partner& partner, LetterKind kind) {
  if (fits(kind, partner.status)) return std::nullopt;
  return Problem::of(ProblemCode::status, code_of(partner.status),
                     fmt::format("{}: is {}, a letter of the kind '{}' needs {}", partner.id.str(),
                                 code_of(partner.status), code_of(kind), fitting_statuses(kind)));
}

/// A letter is sent on or after the day of what it is about.
std::optional<Problem> find_impossible_day(const Partner& partner, Date on) {
  if (partner.status == Status::approved)
    return find_too_early("on", on, "the joining", partner.approved_on.value());
  if (partner.ended_on) return find_too_early("on", on, "the ending", *partner.ended_on);
  return find_too_early("on", on, "the application", partner.application.applied_on);
}

}  // namespace

OutcomeResult record_letter(Write& write, const Partner& partner, LetterKind kind, Date on,
                            const Deed& deed) {
  if (auto misfit = find_misfit(partner, kind)) return refuse(*std::move(misfit));
  if (!partner.application.contact) return refuse(without_contact(partner));
  const bool is_about_involvement = kind != LetterKind::circular;
  if (auto impossible = is_about_involvement
                            ? find_impossible_day(partner, on)
                            : find_too_early("on", on, "the application", partner.application.applied_on))
    return refuse(*std::move(impossible));
  const Letter letter{kind, on, partner.application.contact->email};
  record(write, {.action = Action::letter, .before = &partner, .after = partner, .letter = &letter}, deed);
  return updated(partner, partner);
}

}  // namespace covenant
