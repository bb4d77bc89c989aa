#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/base/staged_folder.hpp"
#include "core/check/chain.hpp"
#include "core/check/check.hpp"
#include "core/check/rules.hpp"
#include "core/check/sealed.hpp"
#include "core/check/sound.hpp"
#include "core/check/tables.hpp"
#include "core/history/look_back.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/bundle.hpp"
#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
#include "core/ops/verify.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_list.hpp"
#include "core/store/partner_table.hpp"
#include "tests/property/temporary_registry.hpp"

using namespace covenant;

namespace {

enum class Verb { apply, update, verify, approve, revoke, withdraw, erase };
constexpr std::array<const char*, 7> verb_names = {"apply",  "update",   "verify", "approve",
                                                   "revoke", "withdraw", "erase"};
constexpr int organisations = 4;
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

/// What becomes of one organisation by covenant-lifecycle(7), in the simplest words.
struct Expected {
  std::int64_t id = 0;
  std::string status;
  bool eligible_level = true;
  int city = 0;           ///< 0: none
  int contact = 0;        ///< 0: none
  bool erasable = false;  ///< some personal data is kept
  bool erased = false;    ///< and the present contact was erased
  bool was_joined = false;
  bool joined = false;  ///< in the present application
  bool ended = false;
  bool merged = false;
  bool verified = false;
};

enum class Answer { done, unchanged, refused };

std::ostream& operator<<(std::ostream& out, Answer answer) {
  return out << (answer == Answer::done ? "done" : answer == Answer::unchanged ? "unchanged" : "refused");
}

using World = std::map<int, Expected>;

Answer expect_apply(World& world, const Step& step) {
  auto at = world.find(step.organisation);
  if (at == world.end()) {
    Expected filed;
    filed.id = static_cast<std::int64_t>(world.size()) + 1;
    at = world.emplace(step.organisation, filed).first;
  } else if (at->second.status == "applied" || at->second.status == "eligible" ||
             at->second.status == "approved") {
    return Answer::refused;
  }
  Expected& partner = at->second;
  const Expected before = partner;
  partner = Expected{};
  partner.id = before.id;
  partner.was_joined = before.was_joined;
  partner.status = "applied";
  partner.eligible_level = step.variant != 0;
  partner.contact = 1;
  partner.erasable = true;
  return Answer::done;
}

Answer expect_update(Expected& partner, const Step& step) {
  const Expected before = partner;
  if (step.variant == 0) partner.eligible_level = false;
  if (step.variant == 1) partner.eligible_level = true;
  if (step.variant == 2) partner.city = 1;
  if (step.variant == 3) partner.contact = 2;
  const bool changed = before.eligible_level != partner.eligible_level || before.city != partner.city ||
                       before.contact != partner.contact;
  if (before.status == "eligible" && before.eligible_level && !partner.eligible_level) {
    partner.status = "applied";
    partner.verified = false;
  }
  if (before.contact != partner.contact) {
    partner.erasable = true;
    partner.erased = false;
  }
  return changed ? Answer::done : Answer::unchanged;
}

Answer expect_verify(Expected& partner) {
  const std::string& status = partner.status;
  if (status == "approved") return Answer::done;
  if (status != "applied" && status != "eligible" && status != "ineligible") return Answer::refused;
  partner.status = partner.eligible_level && partner.contact != 0 ? "eligible" : "ineligible";
  partner.verified = true;
  return Answer::done;
}

Answer expect_approve(Expected& partner, const Step& step) {
  const bool has_evidence = step.variant != 0;
  if (partner.status != "eligible" || partner.contact == 0 || !has_evidence) return Answer::refused;
  partner.status = "approved";
  partner.joined = partner.was_joined = true;
  return Answer::done;
}

Answer expect_revoke(const World& world, Expected& partner, const Step& step) {
  const bool names_successor = step.variant == 1 || step.variant == 3;
  const bool is_merger = step.variant == 1 || step.variant == 2;
  const auto successor = world.find((step.organisation + 1) % organisations);
  const bool has_successor = names_successor && successor != world.end();
  if (partner.status != "approved" || is_merger != has_successor) return Answer::refused;
  if (is_merger && successor->second.status != "approved") return Answer::refused;
  partner.status = "revoked";
  partner.ended = true;
  partner.merged = is_merger;
  return Answer::done;
}

Answer expect_withdraw(Expected& partner) {
  if (partner.status == "revoked" || partner.status == "withdrawn") return Answer::refused;
  partner.status = "withdrawn";
  partner.ended = true;
  return Answer::done;
}

Answer expect_erase(Expected& partner) {
  if (!partner.erasable) return Answer::unchanged;
  partner.contact = 0;
  partner.erasable = false;
  partner.erased = true;
  return Answer::done;
}

Answer expected_of(World& world, const Step& step) {
  if (step.verb == Verb::apply) return expect_apply(world, step);
  Expected& partner = world.at(step.organisation);
  switch (step.verb) {
    case Verb::update:
      return expect_update(partner, step);
    case Verb::verify:
      return expect_verify(partner);
    case Verb::approve:
      return expect_approve(partner, step);
    case Verb::revoke:
      return expect_revoke(world, partner, step);
    case Verb::withdraw:
      return expect_withdraw(partner);
    default:
      return expect_erase(partner);
  }
}

template <class T>
T parsed(std::string_view text) {
  return *T::parse(text);
}

OutcomeResult do_apply(Write& write, const Step& step, const Deed& deed) {
  const std::string name = "Organisation " + std::to_string(step.organisation);
  const std::string website = "https://o" + std::to_string(step.organisation) + ".example.org/";
  FieldTexts texts;
  texts["name"_field] = name;
  texts["categories"_field] = "industrial";
  texts["level"_field] = step.variant == 0 ? "national" : "european";
  texts["country"_field] = "BE";
  texts["membership_based"_field] = "yes";
  texts["website"_field] = website;
  texts["contact_name"_field] = "First Desk";
  texts["contact_email"_field] = "first@example.org";
  return apply_form(write, texts, Similar::refused, deed);
}

OutcomeResult do_update(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  FieldTexts texts;
  if (step.variant == 0) texts["level"_field] = "national";
  if (step.variant == 1) texts["level"_field] = "european";
  if (step.variant == 2) {
    texts["city"_field] = "Ghent";
    texts["description"_field] = "What it is";
    texts["practices"_field] = "Tool\nMap <https://map.example.org/>";
  }
  if (step.variant == 3) {
    texts["contact_name"_field] = "Second Desk";
    texts["contact_email"_field] = "second@example.org";
  }
  return update(write, partner, texts, Similar::refused, deed);
}

OutcomeResult do_approve(Write& write, const Partner& partner, const Step& step, const Deed& deed) {
  ApprovalEvidence evidence{std::nullopt, std::nullopt, deed.at.date(), std::nullopt, std::nullopt};
  if (step.variant == 1) evidence.exception = parsed<Remark>("On paper");
  if (step.variant >= 2) {
    const std::string bytes = "Commitment " + std::to_string(step.variant);
    evidence.document = LoadedDocument{
        {parsed<FileName>("commitment.txt"), "text/plain", bytes.size(), to_hex(bytes_of(sha256({bytes})))},
        [bytes]() -> ByteSource {
          return [bytes, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
            const std::size_t count = bytes.copy(buffer, size, at);
            at += count;
            return count;
          };
        }};
    evidence.signed_on = deed.at.date();
  }
  if (step.variant == 3) evidence.signed_by = parsed<PersonText>("Signing Desk");
  return approve(write, partner, evidence, Policies(), deed);
}

OutcomeResult do_revoke(Write& write, const World& world, const Partner& partner, const Step& step,
                        const Deed& deed) {
  const bool is_merger = step.variant == 1 || step.variant == 2;
  Ending ending{deed.at.date(), is_merger ? EndReason::merged : EndReason::inactive, std::nullopt,
                std::nullopt};
  const auto successor = world.find((step.organisation + 1) % organisations);
  if ((step.variant == 1 || step.variant == 3) && successor != world.end()) {
    ending.successor = PartnerId(successor->second.id);
  }
  return revoke(write, partner, ending, deed);
}

OutcomeResult done(Write& write, const World& world, const Step& step, const Deed& deed) {
  if (step.verb == Verb::apply) return do_apply(write, step, deed);
  const Partner partner = *find_partner(write, PartnerId(world.at(step.organisation).id));
  switch (step.verb) {
    case Verb::update:
      return do_update(write, partner, step, deed);
    case Verb::verify:
      return verify(write, partner, {},
                    step.variant == 0 ? std::vector{parsed<Remark>("Statutes")} : std::vector<Remark>{},
                    deed);
    case Verb::approve:
      return do_approve(write, partner, step, deed);
    case Verb::revoke:
      return do_revoke(write, world, partner, step, deed);
    case Verb::withdraw:
      return withdraw(write, partner,
                      {deed.at.date(), std::nullopt, parsed<Remark>("Own wish"), std::nullopt}, deed);
    default:
      return erase_contact(write, partner, deed);
  }
}

Answer answer_of(const OutcomeResult& result) {
  if (!result) return Answer::refused;
  return result->effect == Effect::unchanged ? Answer::unchanged : Answer::done;
}

/// Contacts are erased in the past as well, so that only those of today can be foretold.
enum class When { today, past };

void compare(Read& read, const Expected& expected, When when) {
  const auto found = find_partner(read, PartnerId(expected.id));
  RC_ASSERT(found.has_value());
  const Partner& partner = *found;
  RC_ASSERT(std::string(code_of(partner.status)) == expected.status);
  RC_ASSERT((partner.application.level == Level::european) == expected.eligible_level);
  RC_ASSERT(partner.application.city.has_value() == (expected.city != 0));
  RC_ASSERT(partner.contact_erased_on.has_value() == expected.erased);
  RC_ASSERT(partner.verified_on.has_value() == expected.verified);
  RC_ASSERT(partner.partner_since.has_value() == expected.was_joined);
  RC_ASSERT(partner.approved_on.has_value() == expected.joined);
  RC_ASSERT(partner.ended_on.has_value() == expected.ended);
  RC_ASSERT(partner.successor.has_value() == expected.merged);
  if (when == When::past) return;
  RC_ASSERT(partner.application.contact.has_value() == (expected.contact != 0));
  if (expected.contact == 1) RC_ASSERT(partner.application.contact->email.str() == "first@example.org");
  if (expected.contact == 2) RC_ASSERT(partner.application.contact->email.str() == "second@example.org");
}

void check_everything(Read& read) {
  check_registry(read, [](const CheckResult& result) {
    if (!result.is_ok()) RC_FAIL(result.name + ": " + result.first);
  });
  // In one pass, and one by one, as when something is wrong.
  RC_ASSERT(is_sound(read, [](const Standing&) {}));
  const DamageSink report = [](const std::string& what) { RC_FAIL(what); };
  check_history(read, report);
  check_sealed(read, report);
  check_tables(read, report);
  check_rules(read, report, report);
}

using Files = std::map<std::string, std::string>;

Files files_of(const std::filesystem::path& folder) {
  Files files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path().lexically_relative(folder).string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return files;
}

/// The bundle of a registry restores one of which the bundle is the same.
void demand_round_trip(Read& read) {
  const auto folder = std::filesystem::temp_directory_path() / ("bundles-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  const auto bundle = [&](Read& of, const char* name) {
    StagedFolder staged(folder / name, is_bundle_path, std::chrono::seconds(5));
    write_bundle(of, staged);
    staged.commit();
    return files_of(folder / name);
  };
  const Files first = bundle(read, "first");
  Registry::create(folder / "restored.db", [&](Write& restored) {
    restore_bundle(restored, folder / "first");
    RC_ASSERT(bundle(restored, "second") == first);
  });
  std::filesystem::remove_all(folder);
}

rc::Gen<Step> steps() {
  return rc::gen::build<Step>(rc::gen::set(&Step::verb, rc::gen::weightedElement<Verb>({{3, Verb::apply},
                                                                                        {2, Verb::update},
                                                                                        {4, Verb::verify},
                                                                                        {4, Verb::approve},
                                                                                        {2, Verb::revoke},
                                                                                        {1, Verb::withdraw},
                                                                                        {1, Verb::erase}})),
                              rc::gen::set(&Step::organisation, rc::gen::inRange(0, organisations)),
                              rc::gen::set(&Step::variant, rc::gen::inRange(0, variants)));
}

/// Does the steps one a day, each also in the model, and compares after each; at the end compares the state
/// of one of the days, replayed, with the model of that day.
World walk(Registry& registry, const std::vector<Step>& sequence) {
  Write write = registry.write();
  World world;
  std::vector<World> past;  // at the end of each day from the first
  int day = 0;
  for (const Step& step : sequence) {
    if (step.verb != Verb::apply && !world.contains(step.organisation)) continue;
    const World before = world;
    const std::uint64_t events = log_size(write);
    const Answer expected = expected_of(world, step);
    const Answer answer = answer_of(done(write, before, step, random::deed(++day)));
    RC_ASSERT(answer == expected);
    RC_ASSERT(log_size(write) == events + (answer == Answer::done ? 1 : 0));
    for (const auto& [organisation, partner] : world) compare(write, partner, When::today);
    check_everything(write);
    past.push_back(world);
  }
  constexpr int one_in = 10;  // it waits for the disk
  if (*rc::gen::inRange(0, one_in) == 0) demand_round_trip(write);
  if (past.empty()) return world;
  const auto asked = *rc::gen::inRange<std::size_t>(0, past.size());
  const Date then = random::noon(static_cast<int>(asked) + 1).date();
  look_back(write, {.as_of = std::nullopt, .as_recorded = then}, Erased::as_nothing);
  RC_ASSERT(count_partners(write, {}) == static_cast<std::int64_t>(past[asked].size()));
  for (const auto& [organisation, partner] : past[asked]) compare(write, partner, When::past);
  return world;
}

}  // namespace

TEST_CASE("whatever is done, the lifecycle is that of the rules and the tables are what the events say") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("random commands against a model", [&] {
    walk(registry, *rc::gen::scale(0.6, rc::gen::container<std::vector<Step>>(steps())));
  }));
}

TEST_CASE("the model and the program agree on a walk to each end of the lifecycle") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  const std::vector<Step> sequence = {{Verb::apply, 0, 1},   {Verb::verify, 0, 0},
                                      {Verb::approve, 0, 1},                        // approved
                                      {Verb::apply, 1, 0},   {Verb::verify, 1, 1},  // ineligible
                                      {Verb::apply, 2, 1},   {Verb::verify, 2, 1},
                                      {Verb::approve, 2, 3}, {Verb::revoke, 2, 3},  // refused: no merger
                                      {Verb::revoke, 2, 1},  {Verb::apply, 3, 1},
                                      {Verb::update, 3, 2},  {Verb::withdraw, 3, 0},  // revoked, withdrawn
                                      {Verb::erase, 3, 0}};
  World world;
  CHECK(rc::check("a known walk", [&] { world = walk(registry, sequence); }));
  CHECK(world[0].status == "approved");
  CHECK(world[1].status == "ineligible");
  CHECK(world[2].status == "revoked");
  CHECK(world[3].status == "withdrawn");
}
