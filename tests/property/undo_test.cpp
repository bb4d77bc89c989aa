#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/check/check.hpp"
#include "core/check/sound.hpp"
#include "core/check/tables.hpp"
#include "core/history/added_practices.hpp"
#include "core/history/look_back.hpp"
#include "core/history/record.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/correct.hpp"
#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
#include "core/ops/evidence.hpp"
#include "core/ops/renew.hpp"
#include "core/ops/undo.hpp"
#include "core/ops/verify.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/public_changes.hpp"
#include "core/store/public_list.hpp"
#include "tests/property/temporary_registry.hpp"

using namespace covenant;

namespace {

enum class Verb { apply, update, verify, approve, renew, revoke, withdraw, correct, add, note, erase, undo };
constexpr std::array<const char*, 12> verb_names = {"apply", "update", "verify",   "approve",
                                                    "renew", "revoke", "withdraw", "correct",
                                                    "add",   "note",   "erase",    "undo"};
constexpr int organisations = 3;
constexpr int variants = 4;

/// One command: on which organisation, and in which of its forms.
struct Step {
  Verb verb;
  int organisation;
  int variant;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << verb_names[static_cast<std::size_t>(step.verb)] << " organisation " << step.organisation
             << " variant " << step.variant;
}

template <class T>
T parsed(std::string_view text) {
  return *T::parse(text);
}

/// The deed of a day, in a run of its own.
Deed deed_of(int day) {
  Deed deed = random::deed(day);
  deed.run = fmt::format("{:016x}", day);
  return deed;
}

LoadedDocument document(int variant) {
  const std::string bytes = fmt::format("Commitment {}", variant);
  return {{parsed<FileName>("commitment.txt"), "text/plain", bytes.size(), to_hex(bytes_of(sha256({bytes})))},
          [bytes]() -> ByteSource {
            return [bytes, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
              const std::size_t count = bytes.copy(buffer, size, at);
              at += count;
              return count;
            };
          }};
}

// ---- what there is to see ----

using KeptTexts = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string>;

/// A commitment that counts, as texts.
KeptTexts kept(const Commitment& one) {
  return {one.received_on.str(),
          one.signed_on ? one.signed_on->str() : "",
          one.signed_by ? one.signed_by->str() : "",
          one.document ? one.document->sha256 + (one.document->name ? one.document->name->str() : "") : "",
          one.exception ? one.exception->str() : "",
          std::string(code_of(one.kind))};
}

/// All that is known of a partner.
struct Known {
  Partner partner;
  std::optional<Findings> findings;
  std::vector<Remark> sources;
  std::vector<KeptTexts> commitments;
  std::vector<std::string> documents;
  std::set<std::string> erased;  ///< of all documents, their SHA-256
  std::size_t notes = 0;

  friend bool operator==(const Known&, const Known&) = default;
};

/// All that is known, and all that everybody sees but for the days of change.
struct World {
  std::map<PartnerId, Known> partners;
  std::vector<std::string> seen;
};

Known known(Read& read, PartnerId id) {
  Known known{*find_partner(read, id), std::nullopt, {}, {}, {}, {}, find_notes(read, id).size()};
  if (const auto verification = find_verification(read, id)) {
    known.findings = verification->findings;
    known.sources = verification->sources;
  }
  for (const Commitment& one : find_commitments(read, id)) {
    if (!one.annulled_by) known.commitments.push_back(kept(one));
  }
  for (const KeptDocument& one : find_documents(read, id)) {
    if (one.is_erased) known.erased.insert(one.document.sha256);
    if (!one.is_annulled) known.documents.push_back(one.document.sha256 + (one.note ? one.note->str() : ""));
  }
  return known;
}

World world_of(Read& read) {
  World world;
  for (std::int64_t id = 1; id <= largest_partner_id(read); ++id)
    world.partners.emplace(PartnerId(id), known(read, PartnerId(id)));
  const auto see = [&](const PublicChange& change) {
    std::string line = fmt::format("{} {} {} {} {}", code_of(change.kind), change.day.str(), change.ordinal,
                                   change.partner.str(), change.name.str());
    for (const Practice& practice : change.practices) line += " " + practice.title();
    world.seen.push_back(line);
    return true;
  };
  for_each_joining_and_ending(read, {}, see);
  for_each_addition_of_practices(read, {}, WithJoinings::yes, see);
  for_each_public_row_by_id(read, {}, [&](const PublicTexts& texts) {
    world.seen.push_back(fmt::format("{}", fmt::join(texts, "|")));
  });
  const auto shown_on = last_day_shown(read, summarise(read, {}));
  world.seen.push_back("last change on " + (shown_on ? shown_on->str() : "no day"));
  for_each_former_partner(read, {}, [&](const FormerPartner& former) {
    world.seen.push_back(fmt::format("former {} {} {} {}", former.id.str(), former.joined.str(),
                                     former.ended.str(), former.successor ? former.successor->id.str() : ""));
  });
  return world;
}

void check_everything(Read& read) {
  check_registry(read, [](const CheckResult& result) {
    if (!result.is_ok()) RC_FAIL(result.name + ": " + result.first);
  });
  RC_ASSERT(is_sound(read, [](const Standing&) {}));
  check_tables(read, [](const std::string& what) { RC_FAIL(what); });
}

// ---- what can be done ----

OutcomeResult do_apply(Write& write, const Step& step, const Deed& deed) {
  const std::string name = fmt::format("Organisation {}", step.organisation);
  const std::string website = fmt::format("https://o{}.example.org/", step.organisation);
  const std::string city = fmt::format("City {}", step.variant);
  FieldTexts texts;
  texts["name"_field] = name;
  texts["categories"_field] = "industrial";
  texts["level"_field] = step.variant == 0 ? "national" : "european";
  texts["country"_field] = "BE";
  texts["city"_field] = city;
  texts["membership_based"_field] = "yes";
  texts["website"_field] = website;
  texts["contact_name"_field] = "First Desk";
  texts["contact_email"_field] = "first@example.org";
  if (step.variant == 2) texts["practices"_field] = "Tool";
  return apply_form(write, texts, Similar::refused, deed);
}

OutcomeResult do_update(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  const std::string name = fmt::format("Organisation {} renamed", step.organisation);
  FieldTexts texts;
  if (step.variant == 0)
    texts["level"_field] = partner.application.level == Level::national ? "european" : "national";
  if (step.variant == 1) texts["name"_field] = name;
  if (step.variant == 2) {
    texts["city"_field] = partner.application.city ? "" : "Ghent";
    texts["description"_field] = partner.application.description ? "" : "What it is";
    texts["practices"_field] =
        partner.application.practices.size() == 2 ? "Tool" : "Tool\nMap <https://map.example.org/>";
  }
  if (step.variant == 3) {
    texts["contact_name"_field] = "Second Desk";
    texts["contact_email"_field] = "second@example.org";
  }
  return update(write, partner, texts, Similar::refused, deed);
}

OutcomeResult do_approve(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  ApprovalEvidence evidence{std::nullopt, std::nullopt, deed.today, std::nullopt, std::nullopt};
  if (step.variant < 2) evidence.exception = parsed<Remark>("On paper");
  if (step.variant >= 2) evidence.document = document(step.variant);
  if (step.variant == 3) evidence.signed_by = parsed<PersonText>("Signing Desk");
  return approve(write, partner, evidence, Policies(), deed);
}

OutcomeResult do_revoke(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  const PartnerId other(partner.id.number() % organisations + 1);
  constexpr std::array<EndReason, variants> reasons = {EndReason::inactive, EndReason::entered_in_error,
                                                       EndReason::merged, EndReason::ceased};
  const EndReason reason = reasons.at(static_cast<std::size_t>(step.variant));
  return revoke(write, partner,
                {deed.today, reason, parsed<Remark>("Why"),
                 reason == EndReason::merged ? std::optional(other) : std::nullopt},
                deed);
}

OutcomeResult do_correct(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  Correction correction{.received_on = {},
                        .signed_on = {},
                        .signed_by = {},
                        .document = {},
                        .judged_again = {},
                        .exception = {},
                        .ended_on = {},
                        .end_reason = {},
                        .end_note = {},
                        .successor = {},
                        .because = parsed<Remark>("Misread")};
  if (step.variant == 0) correction.received_on = deed.today;
  if (step.variant == 1) correction.document = document(5);
  if (step.variant == 1) correction.signed_by = parsed<PersonText>("Right Desk");
  if (step.variant == 2) correction.ended_on = deed.today;
  if (step.variant == 3)
    correction.end_reason =
        partner.end_reason == EndReason::entered_in_error ? EndReason::inactive : EndReason::entered_in_error;
  return correct(write, partner, correction, Policies(), deed);
}

OutcomeResult done(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  switch (step.verb) {
    case Verb::update:
      return do_update(write, partner, step, deed);
    case Verb::verify:
      return verify(write, partner, {},
                    step.variant == 0 ? std::vector{parsed<Remark>("Statutes")} : std::vector<Remark>{},
                    deed);
    case Verb::approve:
      return do_approve(write, partner, step, deed);
    case Verb::renew:
      return renew(write, partner,
                   {deed.today, step.variant == 0 ? std::optional(document(6)) : std::nullopt,
                    step.variant == 1 ? std::optional(parsed<Remark>("By e-mail")) : std::nullopt},
                   {}, deed);
    case Verb::revoke:
      return do_revoke(write, partner, step, deed);
    case Verb::withdraw:
      return withdraw(write, partner, {deed.today, std::nullopt, parsed<Remark>("Own wish"), std::nullopt},
                      deed);
    case Verb::correct:
      return do_correct(write, partner, step, deed);
    case Verb::add:
      return add_document(write, partner, document(step.variant), parsed<Remark>("Minutes"), Policies(),
                          deed);
    case Verb::note:
      return add_note(write, partner, parsed<Remark>("Called"), deed);
    default:
      if (step.variant < 2) return erase_contact(write, partner, deed);
      return erase_document(write, partner,
                            {static_cast<std::size_t>(step.variant - 1), parsed<Remark>("Asked")}, deed);
  }
}

/// Undoes a run; whether that was refused.
bool undo_run(Write& write, const Deed& deed, const std::string& run) {
  bool is_refused = false;
  undo(write, *find_run(write, run), ChangedSince::refused, Policies(), deed,
       [&](const OutcomeResult& result) { is_refused |= !result.ok(); });
  return is_refused;
}

rc::Gen<Step> steps() {
  return rc::gen::build<Step>(rc::gen::set(&Step::verb, rc::gen::weightedElement<Verb>({{4, Verb::apply},
                                                                                        {3, Verb::update},
                                                                                        {5, Verb::verify},
                                                                                        {5, Verb::approve},
                                                                                        {2, Verb::renew},
                                                                                        {3, Verb::revoke},
                                                                                        {1, Verb::withdraw},
                                                                                        {3, Verb::correct},
                                                                                        {1, Verb::add},
                                                                                        {1, Verb::note},
                                                                                        {1, Verb::erase},
                                                                                        {2, Verb::undo}})),
                              rc::gen::set(&Step::organisation, rc::gen::inRange(0, organisations)),
                              rc::gen::set(&Step::variant, rc::gen::inRange(0, variants)));
}

/// The partners, by organisation.
using Filed = std::map<int, PartnerId>;

/// Does a step in the run of that day; whether it recorded anything.
bool do_step(Write& write, Filed& filed, const Step& step, int day) {
  const std::uint64_t events = log_size(write);
  if (step.verb == Verb::apply) {
    const auto outcome = do_apply(write, step, deed_of(day));
    if (outcome) filed.emplace(step.organisation, outcome->id);
  } else if (step.verb == Verb::undo) {
    const auto last = find_last_run(write, "tester");
    if (last && last->action != "init") undo_run(write, deed_of(day), last->run);
  } else if (filed.contains(step.organisation)) {
    static_cast<void>(done(write, *find_partner(write, filed.at(step.organisation)), step, deed_of(day)));
  }
  return log_size(write) > events;
}

/// The run of that day was undone.
void compare(const World& before, const World& now, Date day) {
  for (const auto& [id, was] : now.partners) {
    const auto at = before.partners.find(id);
    if (at != before.partners.end()) {
      RC_ASSERT(was == at->second);
      continue;
    }
    RC_ASSERT(was.partner.status == Status::withdrawn);
    RC_ASSERT(was.partner.end_reason == EndReason::entered_in_error);
    RC_ASSERT(was.partner.ended_on == day);
  }
  RC_ASSERT(now.seen == before.seen);
}

/// Whether a document came back that had been erased: then that is not done again once it was undone.
bool brought_back(const World& before, const World& after) {
  return std::any_of(before.partners.begin(), before.partners.end(), [&](const auto& partner) {
    const std::set<std::string>& still = after.partners.at(partner.first).erased;
    const std::set<std::string>& erased = partner.second.erased;
    return !std::includes(still.begin(), still.end(), erased.begin(), erased.end());
  });
}

void walk(Registry& registry, const std::vector<Step>& sequence) {
  Write write = registry.write();
  Filed filed;
  int day = 0;
  for (const Step& step : sequence) {
    const World before = world_of(write);
    const int done_on = ++day;
    if (!do_step(write, filed, step, done_on)) continue;
    const World after = world_of(write);
    const Deed undoing = deed_of(++day);
    const bool is_refused = undo_run(write, undoing, deed_of(done_on).run);
    RC_ASSERT(is_refused == (step.verb == Verb::erase));
    if (is_refused) continue;
    compare(before, world_of(write), undoing.today);
    check_everything(write);
    RC_ASSERT(undo_run(write, deed_of(++day), undoing.run) == brought_back(before, after));
    if (brought_back(before, after)) continue;
    const World again = world_of(write);
    RC_ASSERT(again.partners == after.partners);
    RC_ASSERT(again.seen == after.seen);
    check_everything(write);
  }
}

/// Files each row of a spreadsheet in the run of that day; whether all were taken.
bool import_rows(Write& write, const std::vector<std::string>& names, const std::string& city, int day) {
  NamedByRows earlier(write);
  bool all = true;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string website = fmt::format("https://o{}.example.org/", i);
    ApplicationRow row;
    row.texts["name"_field] = names[i];
    row.texts["categories"_field] = "industrial";
    row.texts["level"_field] = "european";
    row.texts["country"_field] = "BE";
    row.texts["city"_field] = city;
    row.texts["website"_field] = website;
    row.texts["contact_name"_field] = "First Desk";
    row.texts["contact_email"_field] = "first@example.org";
    const auto result = apply_row(write, row, {}, earlier, deed_of(day));
    all &= result.ok() && result->effect == Effect::applied;
  }
  return all;
}

}  // namespace

TEST_CASE("undoing the last run gives the state before it, and undoing that the state after it") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("random commands", [&] {
    walk(registry, *rc::gen::scale(0.4, rc::gen::container<std::vector<Step>>(steps())));
  }));
}

REGISTER_EXCEPTION_TRANSLATOR(const rc::detail::CaseResult& failure) {
  return failure.description.c_str();
}

TEST_CASE("a whole life is undone step by step") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  const std::vector<Step> sequence = {
      {Verb::apply, 0, 1},   {Verb::verify, 0, 0},  {Verb::approve, 0, 3}, {Verb::renew, 0, 0},
      {Verb::update, 0, 2},  {Verb::apply, 1, 2},   {Verb::verify, 1, 1},  {Verb::approve, 1, 0},
      {Verb::correct, 1, 1}, {Verb::verify, 0, 1},  {Verb::note, 0, 0},    {Verb::revoke, 0, 2},
      {Verb::correct, 0, 2}, {Verb::correct, 0, 3}, {Verb::correct, 0, 3}, {Verb::apply, 0, 1},
      {Verb::correct, 0, 2}, {Verb::verify, 0, 0},  {Verb::approve, 0, 2}, {Verb::correct, 0, 0},
      {Verb::revoke, 0, 1},  {Verb::erase, 0, 0},   {Verb::apply, 0, 3},   {Verb::update, 0, 1},
      {Verb::undo, 0, 0},    {Verb::add, 1, 0},     {Verb::erase, 1, 2},   {Verb::add, 1, 0},
      {Verb::withdraw, 1, 0}};
  walk(registry, sequence);  // once: nothing in it is random
}

TEST_CASE("a mended spreadsheet can be applied after the first one was undone") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("random names", [&] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 6);
    const auto some = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, count));
    const std::set<std::size_t> renamed(some.begin(), some.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back(fmt::format("Organisation {}", i));
    Write write = registry.write();
    RC_ASSERT(import_rows(write, names, "Riag", 1));
    RC_ASSERT(!undo_run(write, deed_of(2), deed_of(1).run));
    for (const std::size_t i : renamed) names[i] += " mended";
    RC_ASSERT(import_rows(write, names, "Riga", 3));
    for (const std::string& name : names) {
      const auto found = find_name(write, parsed<Name>(name), std::nullopt).same;
      RC_ASSERT(found && found->status == Status::applied && found->application.city->str() == "Riga");
    }
    check_everything(write);
  }));
}
