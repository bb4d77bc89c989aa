#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
#include "core/ops/publish.hpp"
#include "core/ops/undo.hpp"
#include "core/ops/verify.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_table.hpp"
#include "tests/property/temporary_registry.hpp"

using namespace covenant;

namespace {

using Json = nlohmann::json;

enum class Verb { apply, rename, describe, move, join, merge, end, annul, withdraw, erase, undo };
constexpr std::array<const char*, 11> verb_names = {"apply", "rename", "describe", "move",  "join", "merge",
                                                    "end",   "annul",  "withdraw", "erase", "undo"};
constexpr int organisations = 5;

/// One command on an organisation; what else it names depends on `other`.
struct Step {
  Verb verb;
  int organisation;
  int other;
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << verb_names[static_cast<std::size_t>(step.verb)] << ' ' << step.organisation << ' '
             << step.other;
}

rc::Gen<Step> steps() {
  return rc::gen::build<Step>(rc::gen::set(&Step::verb, rc::gen::weightedElement<Verb>({{3, Verb::apply},
                                                                                        {1, Verb::rename},
                                                                                        {2, Verb::describe},
                                                                                        {1, Verb::move},
                                                                                        {6, Verb::join},
                                                                                        {3, Verb::merge},
                                                                                        {1, Verb::end},
                                                                                        {1, Verb::annul},
                                                                                        {1, Verb::withdraw},
                                                                                        {1, Verb::erase},
                                                                                        {2, Verb::undo}})),
                              rc::gen::set(&Step::organisation, rc::gen::inRange(0, organisations)),
                              rc::gen::set(&Step::other, rc::gen::inRange(0, organisations)));
}

/// Does the steps, one a day, whatever the rules refuse.
class Office {
 public:
  explicit Office(Write& write) : write_(write) {}

  void work(const Step& step) {
    Deed deed = random::deed(++day_);
    deed.run = fmt::format("{:016x}", day_);
    if (step.verb == Verb::apply) return apply(step, deed);
    if (step.verb == Verb::undo) return undo_last(deed);
    const auto at = ids_.find(step.organisation);
    if (at == ids_.end()) return;
    const Partner partner = *find_partner(write_, at->second);
    switch (step.verb) {
      case Verb::rename:
        return amend(partner, "name"_field, name_of(step.organisation, step.other), deed);
      case Verb::describe:
        return amend(partner, "description"_field, "Text " + std::to_string(step.other), deed);
      case Verb::move:
        return amend(partner, "country"_field, step.other == 0 ? "LV" : "BE", deed);
      case Verb::join:
        return join(partner, deed);
      case Verb::merge:
        return merge(partner, step, deed);
      case Verb::end:
        return ended(partner, EndReason::inactive, deed);
      case Verb::annul:
        return ended(partner, EndReason::entered_in_error, deed);
      case Verb::withdraw:
        return either_way(
            withdraw(write_, partner, {deed.at.date(), std::nullopt, std::nullopt, std::nullopt}, deed));
      default:
        return either_way(erase_contact(write_, partner, deed));
    }
  }

 private:
  /// The rules may have refused it.
  static void either_way(const OutcomeResult& /*result*/) {}

  static std::string name_of(int organisation, int variant) {
    return "Organisation " + std::to_string(organisation) + " of " + std::to_string(variant);
  }

  void undo_last(const Deed& deed) {
    const auto last = find_last_run(write_, "tester");
    if (last && last->action != "init")
      undo(write_, *last, ChangedSince::refused, Policies(), deed, [](const OutcomeResult& /*result*/) {});
  }

  void apply(const Step& step, const Deed& deed) {
    const std::string website = "https://o" + std::to_string(step.organisation) + ".example.org/";
    const auto known = ids_.find(step.organisation);
    const std::string name = known != ids_.end() ? find_partner(write_, known->second)->application.name.str()
                                                 : name_of(step.organisation, step.other);
    FieldTexts texts;
    texts["name"_field] = name;
    texts["categories"_field] = "industrial";
    texts["level"_field] = "european";
    texts["country"_field] = "BE";
    texts["membership_based"_field] = "yes";
    texts["website"_field] = website;
    texts["contact_name"_field] = "First Desk";
    texts["contact_email"_field] = "first@example.org";
    const auto outcome = apply_form(write_, texts, Similar::refused, deed);
    if (outcome) ids_.emplace(step.organisation, outcome->id);
  }

  void amend(const Partner& partner, Field field, const std::string& value, const Deed& deed) {
    FieldTexts texts;
    texts[field] = value;
    either_way(update(write_, partner, texts, Similar::refused, deed));
  }

  void join(const Partner& partner, const Deed& deed) {
    if (!verify(write_, partner, {}, {}, deed)) return;
    ApprovalEvidence evidence{std::nullopt, Remark::parse("On paper").value(), deed.at.date(), std::nullopt,
                              std::nullopt};
    either_way(approve(write_, *find_partner(write_, partner.id), evidence, Policies(), deed));
  }

  void merge(const Partner& partner, const Step& step, const Deed& deed) {
    const auto successor = ids_.find(step.other);
    if (successor == ids_.end()) return;
    either_way(
        revoke(write_, partner, {deed.at.date(), EndReason::merged, std::nullopt, successor->second}, deed));
  }

  void ended(const Partner& partner, EndReason reason, const Deed& deed) {
    either_way(revoke(write_, partner, {deed.at.date(), reason, std::nullopt, std::nullopt}, deed));
  }

  Write& write_;
  std::map<int, PartnerId> ids_;
  int day_ = 0;
};

Json published(Read& read, ExportFormat format, const PublicQuery& query, std::int64_t since = 0) {
  Publication publication;
  publication.format = format;
  publication.query = query;
  publication.since = since;
  StringSink sink;
  publish(read, publication, sink);
  return Json::parse(sink.text());
}

std::map<std::string, Json> by_id(const Json& entries) {
  std::map<std::string, Json> found;
  for (const Json& entry : entries) found.emplace(entry["id"], entry);
  return found;
}

Json listed(const std::map<std::string, Json>& entries) {
  Json list = Json::array();
  for (const auto& [id, entry] : entries) list.push_back(entry);
  return list;
}

/// Applies a delta to the list of then, by what covenant-export(1) says.
Json applied(const Json& then, const Json& delta) {
  Json list = then;
  auto partners = by_id(list["partners"]);
  auto former = by_id(list["former"]);
  const auto forget = [&](const std::string& id) {
    partners.erase(id);
    former.erase(id);
  };
  for (const char* name : {"joined", "changed", "ended"}) {
    for (const Json& entry : delta[name]) forget(entry["id"]);
  }
  for (const Json& entry : delta["changed"]) RC_ASSERT(by_id(then["partners"]).at(entry["id"]) != entry);
  for (const Json& id : delta["removed"]) {
    RC_ASSERT(partners.contains(id) || former.contains(id));
    forget(id);
  }
  for (const char* name : {"joined", "changed"}) partners.merge(by_id(delta[name]));
  former.merge(by_id(delta["ended"]));
  list["partners"] = listed(partners);
  list["former"] = listed(former);
  list["count"] = partners.size();
  list["modified"] = delta["modified"];
  list["sequence"] = delta["to"];
  return list;
}

std::size_t entries_of(const Json& delta) {
  return delta["joined"].size() + delta["changed"].size() + delta["ended"].size() + delta["removed"].size();
}

/// The list as it was after some event.
struct Past {
  std::int64_t event;
  Json list;
};

Past past(Read& read, const PublicQuery& query) {
  return {static_cast<std::int64_t>(log_size(read)), published(read, ExportFormat::json, query)};
}

void demand_deltas(const std::vector<Step>& sequence, Registry& registry, const PublicQuery& query) {
  Write write = registry.write();
  Office office(write);
  std::vector<Past> lists = {past(write, query)};
  for (const Step& step : sequence) {
    office.work(step);
    lists.push_back(past(write, query));
  }
  const Json& now = lists.back().list;
  for (const Past& then : lists) {
    const Json delta = published(write, ExportFormat::delta, query, then.event);
    RC_ASSERT(delta["from"] == then.event);
    RC_ASSERT(applied(then.list, delta) == now);
    if (then.list["sequence"] == now["sequence"]) {
      RC_ASSERT(entries_of(delta) == 0U);
      RC_ASSERT(then.list == now);
    }
  }
}

}  // namespace

TEST_CASE("an earlier list with the delta since then applied is the present list") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("of all partners", [&] {
    demand_deltas(*rc::gen::scale(0.6, rc::gen::container<std::vector<Step>>(steps())), registry, {});
  }));
}

TEST_CASE("the same is true of the list of one country") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  const PublicQuery belgian({}, {*Country::parse("BE")});
  CHECK(rc::check("of partners in Belgium", [&] {
    demand_deltas(*rc::gen::scale(0.6, rc::gen::container<std::vector<Step>>(steps())), registry, belgian);
  }));
}

TEST_CASE("deltas are right over mergers one after another, a return and a joining in error") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  std::vector<Step> sequence;
  for (int i = 0; i < 4; ++i) {
    sequence.push_back({Verb::apply, i, 0});
    sequence.push_back({Verb::join, i, 0});
  }
  for (const Step& step : std::vector<Step>{{Verb::merge, 0, 1},
                                            {Verb::merge, 1, 2},
                                            {Verb::annul, 3, 0},
                                            {Verb::apply, 1, 0},
                                            {Verb::join, 1, 0},
                                            {Verb::rename, 2, 3},
                                            {Verb::merge, 2, 1},
                                            {Verb::rename, 2, 4},
                                            {Verb::withdraw, 1, 0}}) {
    sequence.push_back(step);
  }
  CHECK(rc::check("a known history", [&] { demand_deltas(sequence, registry, {}); }));
}
