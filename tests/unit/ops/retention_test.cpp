#include <doctest/doctest.h>

#include <string>

#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
#include "core/store/retention.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;

namespace {

/// The partners, each with the day since when: "AP-0001 2026-01-02".
std::vector<std::string> due(story::Office& office, Date until) {
  std::vector<std::string> lines;
  for (const KeptContact& kept : retention_due(office.register_(), until))
    lines.push_back(kept.partner.str() + " " + kept.since.str());
  return lines;
}

std::string line(PartnerId id, Date since) {
  return id.str() + " " + since.str();
}

}  // namespace

TEST_CASE("the contact of a partner that withdrew is kept until it is erased") {
  story::Office office;
  const PartnerId id = office.listed();
  CHECK(due(office, office.today()).empty());
  const Deed deed = office.next();
  done(withdraw(office.register_(), office.partner(id),
                {deed.today, std::nullopt, std::nullopt, std::nullopt}, deed));
  const Date ended = office.today();
  CHECK(due(office, ended) == std::vector{line(id, ended)});
  CHECK(due(office, Date::of(ended.days() - std::chrono::days(1))).empty());
  done(erase_contact(office.register_(), office.partner(id), office.next()));
  CHECK(due(office, office.today()).empty());
}

TEST_CASE("the contact of an applicant that was refused is kept since its verification") {
  story::Office office;
  const PartnerId id = office.applied({{"level", "national"}}).id;
  CHECK(due(office, office.today()).empty());
  done(verify(office.register_(), office.partner(id), {}, {}, office.next()));
  CHECK(due(office, office.today()) == std::vector{line(id, office.today())});
}

TEST_CASE("of a listed partner the former contact is kept since it was replaced, and once") {
  story::Office office;
  const PartnerId id = office.listed();
  const auto replace = [&](std::string_view name) {
    done(update(office.register_(), office.partner(id), story::fields({{"contact_name", name}}),
                Similar::refused, office.next()));
    return office.today();
  };
  const Date first = replace("Second Desk");
  replace("Third Desk");
  CHECK(due(office, office.today()) == std::vector{line(id, first)});
  CHECK(due(office, Date::of(first.days() - std::chrono::days(1))).empty());
}
