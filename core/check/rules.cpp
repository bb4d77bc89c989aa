#include "core/check/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>

#include "core/base/error.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

namespace {

bool is_ended(Status status) {
  return status == Status::revoked || status == Status::withdrawn;
}

/// What the status asks of the other columns.
void check_status(const Partner& partner, const DamageSink& report) {
  const auto demand = [&](bool is_so, const char* what) {
    if (!is_so) report(fmt::format("{} is {} but {}", partner.id.str(), code_of(partner.status), what));
  };
  const bool was_judged = partner.status == Status::eligible || partner.status == Status::ineligible;
  demand(!was_judged || partner.verified_on, "was not verified");
  demand(partner.status != Status::applied || !partner.verified_on, "was verified");
  demand(partner.status != Status::approved || (partner.approved_on && partner.partner_since),
         "has no day of joining");
  demand(is_ended(partner.status) == partner.ended_on.has_value(), "its ending does not fit");
  // An application that was filed by mistake is withdrawn when that is undone.
  const bool is_undone =
      partner.status == Status::withdrawn && partner.end_reason == EndReason::entered_in_error;
  demand(partner.end_reason.has_value() == (partner.status == Status::revoked || is_undone),
         "its reason of ending does not fit");
  demand((partner.end_reason == EndReason::merged) == partner.successor.has_value(),
         "its successor does not fit");
  demand(partner.application.contact.has_value() != partner.contact_erased_on.has_value(),
         "its contact person is neither there nor erased");
}

/// No day is after the day of the last event, which may have ended where the office is, and a partnership
/// does not end before it began.
void check_days(const Partner& partner, Date last, const DamageSink& report) {
  const auto demand_past = [&](std::optional<Date> day, const char* column) {
    if (day && day->days() > last.days() + std::chrono::days(1))
      report(fmt::format("{}: {} {} is after the last event", partner.id.str(), column, day->str()));
  };
  demand_past(partner.application.applied_on, "applied_on");
  demand_past(partner.verified_on, "verified_on");
  demand_past(partner.approved_on, "approved_on");
  demand_past(partner.renewed_on, "renewed_on");
  demand_past(partner.partner_since, "partner_since");
  demand_past(partner.ended_on, "ended_on");
  if (partner.renewed_on && (!partner.approved_on || *partner.renewed_on < *partner.approved_on)) {
    report(
        fmt::format("{}: it renewed on {}, before its joining", partner.id.str(), partner.renewed_on->str()));
  }
  if (partner.ended_on && partner.approved_on && *partner.ended_on < *partner.approved_on) {
    report(fmt::format("{}: it ended on {}, before its joining on {}", partner.id.str(),
                       partner.ended_on->str(), partner.approved_on->str()));
  }
}

void check_decisions(const Partner& partner, const std::optional<Verification>& verification,
                     bool has_commitment, const DamageSink& report) {
  if (verification.has_value() != partner.verified_on.has_value()) {
    report(fmt::format("{}: its findings do not fit the day of its verification", partner.id.str()));
  }
  if (verification && partner.status == Status::eligible && !all_pass(verification->findings)) {
    report(fmt::format("{} is eligible but a criterion failed", partner.id.str()));
  }
  if (partner.status == Status::approved && !has_commitment) {
    report(fmt::format("{} is approved without a commitment", partner.id.str()));
  }
}

/// The days that a later rule refuses.
void note_days(const Partner& partner, const NoteSink& note) {
  const Date applied_on = partner.application.applied_on;
  const auto note_early = [&](std::optional<Date> day, const char* column) {
    if (!day) return;
    if (*day < first_day) {
      note(fmt::format("{}: {}: {} is before {}, when the Covenant was launched", partner.id.str(), column,
                       day->str(), first_day.str()));
    }
  };
  note_early(applied_on, "applied_on");
  note_early(partner.partner_since, "partner_since");
  note_early(partner.approved_on, "approved_on");
  if (partner.approved_on && *partner.approved_on < applied_on) {
    note(fmt::format("{}: approved_on: {} is before the application on {}", partner.id.str(),
                     partner.approved_on->str(), applied_on.str()));
  }
}

/// The texts that a later rule refuses.
void note_texts(const Partner& partner, const NoteSink& note) {
  const auto visit = [&]<class Member>(const Listed<Member>& listed) {
    using Type = FieldType<typename MemberTraits<Member>::Value>;
    const auto* value = value_at(partner.application, listed.member);
    if (value == nullptr) return;
    std::string made;
    const auto parsed = Type::parse(Type::view(*value, made));
    if (parsed || MemberTraits<Member>::is_of_contact) return;
    note(fmt::format("{}: {}: {}", partner.id.str(), listed.name, parsed.problem().message));
  };
  std::apply([&](const auto&... listed) { (visit(listed), ...); }, field_list);
}

void check_partner(Read& read, PartnerId id, Date last, const DamageSink& report, const NoteSink& note) {
  try {
    const auto partner = find_partner(read, id);
    if (!partner) return;
    check_status(*partner, report);
    check_days(*partner, last, report);
    note_days(*partner, note);
    note_texts(*partner, note);
    check_decisions(*partner, find_verification(read, id), in_force(find_commitments(read, id)) != nullptr,
                    report);
    if (const auto other = find_name(read, partner->application.name, id).same)
      note(fmt::format("{}: name: it is also that of {}", id.str(), other->id.str()));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::damaged) throw;
    const std::string what = error.what();
    report(what.starts_with(id.str()) ? what : fmt::format("{}: {}", id.str(), what));
  }
}

}  // namespace

void check_rules(Read& read, const DamageSink& report, const NoteSink& note) {
  const Date last = day_of_last_event(read);
  const PartnerId none(std::numeric_limits<std::int64_t>::min());
  for (auto id = find_next_id(read, none); id; id = find_next_id(read, *id)) {
    check_partner(read, *id, last, report, note);
  }
}

void check_rules(const Standing& standing, Date last, const DamageSink& report, const NoteSink& note) {
  check_status(standing.partner, report);
  check_days(standing.partner, last, report);
  note_days(standing.partner, note);
  note_texts(standing.partner, note);
  const auto& commitments = standing.attached.commitments;
  const bool has_commitment = std::any_of(commitments.begin(), commitments.end(),
                                          [](const auto& one) { return !one.second.annulled_by; });
  check_decisions(standing.partner, standing.attached.verification, has_commitment, report);
}

}  // namespace covenant
