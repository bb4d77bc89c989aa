#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "core/history/look_back.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
#include "core/ops/renew.hpp"
#include "core/ops/undo.hpp"
#include "core/ops/verify.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_list.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/public_list.hpp"
#include "tests/property/temporary_registry.hpp"

// What the register says of a day, and what it said on another one, against a plain list of what was said
// when.

using namespace covenant;

namespace {

enum class Verb {
  apply,
  move,
  fail,
  recontact,
  verify,
  approve,
  renew,
  revoke,
  annul,
  withdraw,
  note,
  erase,
  undo
};
constexpr std::array<const char*, 13> verb_names = {"apply",   "move",  "fail",   "recontact", "verify",
                                                    "approve", "renew", "revoke", "annul",     "withdraw",
                                                    "note",    "erase", "undo"};
constexpr int organisations = 3;

/// One command: after how many days it is given, and how many days before that what it says was.
struct Step {
  Verb verb;
  int organisation;
  int after;
  int before;
  int variant;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << "+" << step.after << " " << verb_names[static_cast<std::size_t>(step.verb)]
             << " organisation " << step.organisation << " variant " << step.variant << " " << step.before
             << " days before";
}

/// What was said of a partner, on which day, and of which.
struct Said {
  std::int64_t partner;
  Verb verb;
  int recorded;
  int day;
  Status status;  ///< afterwards
  std::string text;
  std::int64_t seq;           ///< of its last event
  std::optional<int> undone;  ///< the day on which it was taken back
};

/// What a list shows of a partner, by the columns.
using Seen = std::map<std::string, std::string>;
const std::vector<Column> columns = {"id"_column,         "status"_column,        "city"_column,
                                     "applied_on"_column, "verified_on"_column,   "approved_on"_column,
                                     "renewed_on"_column, "partner_since"_column, "ended_on"_column,
                                     "end_reason"_column, "contact_email"_column};

constexpr int always = 1'000'000;

std::string day_text(int day) {
  return random::noon(day).date().str();
}

/// Since when something can be seen: a joining that was entered in error once that is known, and a new
/// application not before the ending that it follows.
std::vector<int> days_seen(const std::vector<Said>& said) {
  std::vector<int> days;
  int last_ending = 0;
  for (std::size_t i = 0; i < said.size(); ++i) {
    days.push_back(said[i].verb == Verb::apply ? std::max(said[i].day, last_ending) : said[i].day);
    if (said[i].verb == Verb::revoke || said[i].verb == Verb::withdraw) last_ending = said[i].day;
    if (said[i].verb != Verb::annul) continue;
    for (std::size_t before = i; said[before].verb != Verb::approve; --before) {
      if (said[before - 1].verb == Verb::approve || said[before - 1].verb == Verb::renew)
        days[before - 1] = std::max(days[before - 1], said[i].day);
    }
  }
  return days;
}

bool is_annulled(const std::vector<Said>& said, std::size_t joining) {
  for (std::size_t i = joining; i < said.size(); ++i) {
    if (said[i].verb == Verb::annul) return true;
    if (said[i].verb == Verb::revoke || said[i].verb == Verb::withdraw) return false;
  }
  return false;
}

void set_happened(Seen& seen, const std::vector<Said>& said, int until) {
  const std::vector<int> days = days_seen(said);
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Said& one = said[i];
    if (days[i] > until) continue;
    const bool decides = one.verb != Verb::move && one.verb != Verb::recontact && one.verb != Verb::note &&
                         one.verb != Verb::erase;
    const bool is_amendment = one.verb == Verb::fail || (one.verb == Verb::verify && one.text == "recheck");
    if (decides && !is_amendment) seen["status"] = code_of(one.status);
    if (one.verb == Verb::apply) {
      for (const char* day : {"verified_on", "approved_on", "renewed_on", "ended_on", "end_reason"})
        seen[day] = "";
      seen["applied_on"] = day_text(one.day);
    }
    if (one.verb == Verb::fail && one.text == "lapse") {
      seen["status"] = "applied";
      seen["verified_on"] = "";
    }
    if (one.verb == Verb::verify) seen["verified_on"] = day_text(one.day);
    if (one.verb == Verb::approve) {
      seen["approved_on"] = day_text(one.day);
      if (!is_annulled(said, i) && seen["partner_since"].empty()) seen["partner_since"] = day_text(one.day);
    }
    if (one.verb == Verb::renew) seen["renewed_on"] = day_text(one.day);
    if (one.verb == Verb::revoke || one.verb == Verb::annul || one.verb == Verb::withdraw) {
      seen["ended_on"] = day_text(one.day);
      seen["end_reason"] = one.text;
    }
  }
}

/// What was said of oneself by the end of a day, or at first; `all` is what was ever said.
void set_texts(Seen& seen, const std::vector<Said>& said, const std::vector<Said>& all, int until) {
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Said& one = said[i];
    if (i > 0 && one.recorded > until) break;
    if (one.verb == Verb::apply || one.verb == Verb::move)
      seen["city"] = one.verb == Verb::move ? one.text : "";
    if (one.verb == Verb::apply || one.verb == Verb::recontact) {
      const bool is_erased = std::any_of(all.begin() + static_cast<std::ptrdiff_t>(i), all.end(),
                                         [](const Said& later) { return later.verb == Verb::erase; });
      seen["contact_email"] = is_erased ? "erased" : one.verb == Verb::apply ? "first@example.org" : one.text;
    }
    if (one.verb == Verb::erase) seen["contact_email"] = "";
  }
}

std::vector<Said> of_partner(const std::vector<Said>& all, std::int64_t partner, int known) {
  std::vector<Said> said;
  std::copy_if(all.begin(), all.end(), std::back_inserter(said), [&](const Said& one) {
    return one.partner == partner && one.recorded <= known && (!one.undone || *one.undone > known);
  });
  return said;
}

std::vector<Seen> expected(const std::vector<Said>& all, int as_of, int as_recorded) {
  std::vector<Seen> list;
  for (std::int64_t partner = 1; partner <= organisations; ++partner) {
    const std::vector<Said> said = of_partner(all, partner, as_recorded);
    Seen seen;
    for (const Column column : columns) seen[std::string(code_of(column))] = "";
    set_happened(seen, said, as_of);
    if (seen["status"].empty()) continue;
    set_texts(seen, said, of_partner(all, partner, always), as_of);
    seen["id"] = PartnerId(partner).str();
    list.push_back(seen);
  }
  return list;
}

std::vector<Seen> listed(Read& read) {
  std::vector<Seen> list;
  PartnerQuery by_id;
  by_id.sort = "id"_column;
  for_each_row(read, by_id, columns, [&](const ListedRow& row) {
    Seen seen;
    for (std::size_t i = 0; i < columns.size(); ++i) seen[std::string(code_of(columns[i]))] = row.texts[i];
    list.push_back(seen);
  });
  return list;
}

/// What the public list says of its last change: the event, or 0, and the day.
using LastChange = std::pair<std::int64_t, std::string>;

/// The last that was said of the partner and that everybody can see by then.
std::int64_t last_seen(const std::vector<Said>& said, int until) {
  const std::vector<int> days = days_seen(said);
  std::int64_t last = 0;
  bool has_joined = false;
  bool is_former = false;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Said& one = said[i];
    const bool amends = one.verb == Verb::move || one.verb == Verb::fail;
    const bool ends = one.verb == Verb::revoke || one.verb == Verb::withdraw;
    const bool joins = one.verb == Verb::approve && !is_annulled(said, i);
    const bool returns = one.verb == Verb::apply && is_former;
    const bool is_by_then = amends ? one.recorded <= until : days[i] <= until;
    const bool is_seen =
        joins || (has_joined && (ends || returns || (amends && one.status == Status::approved)));
    if (!is_by_then) continue;
    if (is_seen) last = one.seq;
    has_joined = has_joined || joins;
    if (has_joined && (ends || one.verb == Verb::annul)) is_former = true;
    if (joins || returns) is_former = false;
  }
  return last;
}

LastChange expected_change(const std::vector<Said>& all, int as_of, int as_recorded) {
  std::int64_t last = 0;
  for (std::int64_t partner = 1; partner <= organisations; ++partner)
    last = std::max(last, last_seen(of_partner(all, partner, as_recorded), as_of));
  const auto said = std::find_if(all.begin(), all.end(), [&](const Said& one) { return one.seq == last; });
  return {last, said == all.end() ? "" : day_text(said->recorded)};
}

/// What was said of it then.
struct ThenSaid {
  int recorded;
  LastChange change;
};

LastChange expected_change(const std::vector<ThenSaid>& then, int as_recorded) {
  LastChange last{0, ""};
  for (const ThenSaid& one : then) {
    if (one.recorded <= as_recorded) last = one.change;
  }
  return last;
}

LastChange last_change(Read& read) {
  const PublicSummary summary = summarise(read, {});
  const auto day = last_day_shown(read, summary);
  return {summary.sequence, day ? day->str() : ""};
}

std::string run_of(std::int64_t number) {
  return fmt::format("{:016x}", number);
}

template <class T>
T parsed(std::string_view text) {
  return *T::parse(text);
}

OutcomeResult do_apply(Write& write, const Step& step, const std::string& day, const Deed& deed) {
  const std::string number = std::to_string(step.organisation);
  FieldTexts texts;
  const std::string name = "Organisation " + number;
  const std::string website = "https://o" + number + ".example.org/";
  texts["name"_field] = name;
  texts["categories"_field] = "industrial";
  texts["level"_field] = "european";
  texts["country"_field] = "BE";
  texts["membership_based"_field] = "yes";
  texts["website"_field] = website;
  texts["contact_name"_field] = "First Desk";
  texts["contact_email"_field] = "first@example.org";
  texts["applied_on"_field] = day;
  return apply_form(write, texts, Similar::refused, deed);
}

OutcomeResult do_update(Write& write, const Partner& partner, const Step& step, const std::string& text,
                        const Deed& deed) {
  FieldTexts texts;
  if (step.verb == Verb::move) texts["city"_field] = text;
  if (step.verb == Verb::fail) texts["level"_field] = "national";
  if (step.verb == Verb::recontact) {
    texts["contact_name"_field] = "Other Desk";
    texts["contact_email"_field] = text;
  }
  return update(write, partner, texts, Similar::refused, deed);
}

OutcomeResult do_verify(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  Overrides overrides;
  overrides[static_cast<std::size_t>(Criterion::scope)] = step.variant == 0 ? Verdict::fail : Verdict::pass;
  return verify(write, partner, overrides, {}, deed);
}

/// Takes back the last that was said of the partner, unless that filed it.
void take_back(Write& write, std::vector<Said>& said, PartnerId partner, int now, const Deed& deed) {
  const auto last = std::find_if(said.rbegin(), said.rend(), [&](const Said& one) {
    return one.partner == partner.number() && !one.undone;
  });
  const bool is_first = std::none_of(
      last + 1, said.rend(), [&](const Said& one) { return one.partner == partner.number() && !one.undone; });
  if (is_first) return;
  const auto run = find_run(write, run_of(last->seq));
  bool is_done = false;
  undo(write, *run, ChangedSince::refused, Policies(), deed,
       [&](const OutcomeResult& result) { is_done = result.ok(); });
  if (is_done) last->undone = now;
}

/// Does the step and adds what was said by it.
void take(Write& write, std::map<int, PartnerId>& partners, std::vector<Said>& said, const Step& step,
          int now) {
  Deed deed = random::deed(now);
  deed.run = run_of(static_cast<std::int64_t>(log_size(write)) + 1);
  const int day = std::max(0, now - step.before);
  const Date date = random::noon(day).date();
  const auto known = partners.find(step.organisation);
  if (known == partners.end() && step.verb != Verb::apply) return;
  if (step.verb == Verb::undo) return take_back(write, said, known->second, now, deed);
  const std::string day_of = date.str();
  const std::string text =
      step.verb == Verb::move ? "City " + std::to_string(now) : "desk" + std::to_string(now) + "@example.org";
  const auto done = [&]() -> OutcomeResult {
    if (step.verb == Verb::apply) return do_apply(write, step, day_of, deed);
    const Partner partner = *find_partner(write, known->second);
    switch (step.verb) {
      case Verb::verify:
        return do_verify(write, partner, step, deed);
      case Verb::approve:
        return approve(write, partner,
                       {std::nullopt, parsed<Remark>("On paper"), date, std::nullopt, std::nullopt},
                       Policies(), deed);
      case Verb::renew:
        return renew(write, partner, {date, std::nullopt, std::nullopt}, {}, deed);
      case Verb::revoke:
        return revoke(write, partner, {date, EndReason::ceased, std::nullopt, std::nullopt}, deed);
      case Verb::annul:
        return revoke(write, partner, {date, EndReason::entered_in_error, std::nullopt, std::nullopt}, deed);
      case Verb::withdraw:
        return withdraw(write, partner, {date, std::nullopt, std::nullopt, std::nullopt}, deed);
      case Verb::note:
        return add_note(write, partner, parsed<Remark>("A note"), deed);
      case Verb::erase:
        return erase_contact(write, partner, deed);
      default:
        return do_update(write, partner, step, text, deed);
    }
  }();
  if (!done || done->effect == Effect::unchanged) return;
  partners.emplace(step.organisation, done->id);
  const bool is_dated = step.verb == Verb::apply || step.verb == Verb::approve || step.verb == Verb::renew ||
                        step.verb == Verb::revoke || step.verb == Verb::annul || step.verb == Verb::withdraw;
  std::string more = text;
  if (step.verb == Verb::verify) more = done->was == Status::approved ? "recheck" : "";
  if (step.verb == Verb::fail) more = done->status == done->was ? "" : "lapse";
  if (step.verb == Verb::revoke) more = "ceased";
  if (step.verb == Verb::annul) more = "entered-in-error";
  if (step.verb == Verb::withdraw) more = "";
  said.push_back({done->id.number(), step.verb, now, is_dated ? day : now, done->status, more,
                  static_cast<std::int64_t>(log_size(write)), std::nullopt});
}

void compare(Write& write, const std::vector<Said>& said, const std::vector<ThenSaid>& then,
             std::optional<int> as_of, std::optional<int> as_recorded) {
  const auto date = [](std::optional<int> day) {
    return day ? std::optional(random::noon(*day).date()) : std::nullopt;
  };
  RC_LOG() << "as of " << as_of.value_or(-1) << ", as recorded on " << as_recorded.value_or(-1) << "\n";
  look_back(write, {date(as_of), date(as_recorded)}, Erased::as_word);
  RC_ASSERT(listed(write) == expected(said, as_of.value_or(always), as_recorded.value_or(always)));
  const LastChange change = as_of ? expected_change(said, *as_of, as_recorded.value_or(always))
                                  : expected_change(then, as_recorded.value_or(always));
  RC_ASSERT(last_change(write) == change);
}

rc::Gen<Step> steps() {
  return rc::gen::build<Step>(rc::gen::set(&Step::verb, rc::gen::weightedElement<Verb>({{5, Verb::apply},
                                                                                        {2, Verb::move},
                                                                                        {1, Verb::fail},
                                                                                        {2, Verb::recontact},
                                                                                        {6, Verb::verify},
                                                                                        {8, Verb::approve},
                                                                                        {2, Verb::renew},
                                                                                        {2, Verb::revoke},
                                                                                        {1, Verb::annul},
                                                                                        {1, Verb::withdraw},
                                                                                        {1, Verb::note},
                                                                                        {1, Verb::erase},
                                                                                        {2, Verb::undo}})),
                              rc::gen::set(&Step::organisation, rc::gen::inRange(0, organisations)),
                              rc::gen::set(&Step::after, rc::gen::inRange(0, 4)),
                              rc::gen::set(&Step::before, rc::gen::inRange(0, 12)),
                              rc::gen::set(&Step::variant, rc::gen::inRange(0, 4)));
}

}  // namespace

TEST_CASE("the register as of a day, as recorded on a day, and both are what was said by then") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("random histories against a list of what was said when", [&] {
    Write write = registry.write();
    std::map<int, PartnerId> partners;
    std::vector<Said> said;
    std::vector<ThenSaid> then;
    int now = 0;
    for (const Step& step : *rc::gen::container<std::vector<Step>>(steps())) {
      now += step.after;
      take(write, partners, said, step, now);
      then.push_back({now, last_change(write)});
    }
    for (int i = 0; i < 8; ++i) {
      const int as_of = *rc::gen::inRange(0, now + 2);
      const int as_recorded = *rc::gen::inRange(0, now + 2);
      compare(write, said, then, as_of, std::nullopt);
      compare(write, said, then, std::nullopt, as_recorded);
      compare(write, said, then, as_of, as_recorded);
    }
  }));
}
