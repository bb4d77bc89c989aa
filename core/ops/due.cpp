#include "core/ops/due.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "core/history/event_record.hpp"
#include "core/history/record.hpp"
#include "core/model/criteria.hpp"
#include "core/model/letter.hpp"
#include "core/ops/approve.hpp"
#include "core/store/event_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/retention.hpp"

namespace covenant {

namespace {

/// What was written to a partner about its present application.
struct Correspondence {
  bool records_letters = true;       ///< whether the version that recorded the decision records letters
  std::optional<Date> statement_on;  ///< the last day on which the statement was sent
  std::optional<Date>
      refusal_on;  ///< the last day on which the refusal was sent, since the last verification
};

bool has_action(std::string_view body, std::string_view action) {
  constexpr std::string_view begin = R"({"action":")";
  return body.starts_with(begin) && body.substr(begin.size()).starts_with(action) &&
         body.substr(begin.size() + action.size()).starts_with('"');
}

void add(Correspondence& written, const Letter& letter, bool is_decided) {
  if (letter.kind == LetterKind::statement || letter.kind == LetterKind::reminder)
    written.statement_on = std::max(written.statement_on, std::optional(letter.on));
  if (letter.kind == LetterKind::refusal && !is_decided)
    written.refusal_on = std::max(written.refusal_on, std::optional(letter.on));
}

Correspondence read_correspondence(Read& read, PartnerId partner) {
  Correspondence written;
  bool is_decided = false;  // going back, the decision was passed
  EventCursor events(read, {.partner = partner,
                            .since = std::nullopt,
                            .before = std::nullopt,
                            .undone = Undone::left_out,
                            .order = EventOrder::newest_first});
  while (events.next()) {
    const std::string_view body = events.event().body;
    if (has_action(body, "letter")) add(written, *parse_event(body).letter, is_decided);
    if (has_action(body, "verify") && !std::exchange(is_decided, true))
      written.records_letters = parse_event(body).version > 1;
    if (has_action(body, "apply")) break;
  }
  return written;
}

/// The day on which a listed partner was last verified.
Date day_verified(const Partner& partner) {
  if (!partner.verified_on) damaged(partner.id.str() + " is listed but was never verified");
  return *partner.verified_on;
}

/// Collects what is due by a day.
class DueList {
 public:
  DueList(Read& read, Date until, const DueTerms& terms) : until_(until), terms_(terms), rows_(read) {}

  void add(const DueItem& item) { rows_.add(item); }
  void add(const DueItem& item, std::chrono::days term) {
    if (item.since.days() + term <= until_.days()) add(item);
  }

  /// An ineligible applicant waits for an answer; an eligible one for the statement, and then the office for
  /// the commitment. Of a version that recorded no letters the statement is taken to have gone with the
  /// decision.
  void add_decided(Read& read, const DecidedPartner& partner) {
    const Correspondence written = read_correspondence(read, partner.id);
    DueItem item{partner.id, partner.name, Due::answer, partner.verified_on};
    if (partner.status == Status::ineligible) {
      // Whose contact was erased cannot be answered any more.
      const bool can_be_sent = partner.contact == DueContact::present;
      // A letter of an earlier day was about something else.
      const bool is_answered = written.refusal_on && partner.verified_on <= *written.refusal_on;
      if (written.records_letters && !is_answered && can_be_sent) add(item, {});
      return;
    }
    const bool is_out = written.statement_on || !written.records_letters;
    item.what = is_out ? Due::commitment : Due::statement;
    item.contact = partner.contact;
    if (written.statement_on) item.since = *written.statement_on;
    add(item, is_out ? terms_.commitment : std::chrono::days());
  }

  void add_listed(Read& read, const Partner& partner, LastCheck check) {
    DueItem item{partner.id, partner.application.name, Due::eligibility, day_verified(partner)};
    if (check == LastCheck::passed) {
      const auto failing_since = find_failing_since(read, partner);
      if (!failing_since) return;
      item.since = *failing_since;
    }
    add(item, {});
  }

  void add_kept_contact(Read& read, const KeptContact& kept) {
    const bool is_listed = find_partner(read, kept.partner).value().status == Status::approved;
    add({kept.partner, kept.name, Due::retention, kept.since,
         is_listed ? DueContact::former : DueContact::present});
  }

  const DueRows& rows() const { return rows_; }

 private:
  /// The day of the amendment that makes a listed partner fail; nothing when it passes. That it has no
  /// contact is due for itself.
  static std::optional<Date> find_failing_since(Read& read, const Partner& partner) {
    const auto failing = [&](const Findings& findings) {
      Criteria criteria;
      for (const Criterion criterion : failed(findings)) criteria.set(static_cast<std::size_t>(criterion));
      if (!partner.application.contact) criteria.reset(static_cast<std::size_t>(Criterion::contact));
      return criteria;
    };
    if (failing(evaluate(partner.application, {})).none()) return std::nullopt;
    const auto verification = find_verification(read, partner.id);
    if (!verification) return std::nullopt;
    const std::vector<EventRecord> since = events_since_verification(read, partner.id);
    const Criteria fails =
        failing(evaluate_again(partner.application, verification->findings, amended_since(since)));
    if (fails.none()) return std::nullopt;
    Date day = day_verified(partner);
    for (const EventRecord& event : since) {
      if ((amended_since({event}) & fails).any()) day = event.day();
    }
    return day;
  }

  Date until_;
  const DueTerms& terms_;
  DueRows rows_;
};

}  // namespace

DueRows find_due(Read& read, Date until, const DueTerms& terms) {
  DueList list(read, until, terms);
  for_each_due_row(read, until, terms, [&](const DueItem& item) { list.add(item); });
  for_each_decided(read, [&](const DecidedPartner& partner) { list.add_decided(read, partner); });
  for_each_listed(read,
                  [&](const Partner& partner, LastCheck check) { list.add_listed(read, partner, check); });
  const Date kept_since = Date::of(until.days() - terms.retention);
  for (const KeptContact& kept : retention_due(read, kept_since)) list.add_kept_contact(read, kept);
  return list.rows();
}

}  // namespace covenant
