#include "core/ops/apply.hpp"

#include <doctest/doctest.h>

#include "core/ops/end.hpp"
#include "core/store/finding_table.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;
using story::form;
using story::refused;

TEST_CASE("an application is filed under the next id, once") {
  story::Office office;
  const Outcome first = office.applied();
  CHECK(first.effect == Effect::applied);
  CHECK(first.id.str() == "AP-0001");
  CHECK(first.status == Status::applied);
  CHECK(office.partner(first.id).application.applied_on == office.today());

  const std::uint64_t events = office.events();
  CHECK(refused(apply_form(office.register_(), form(), Similar::allowed, office.next())) ==
        ProblemCode::duplicate);
  CHECK(office.events() == events);
}

TEST_CASE("a form with faults files nothing and names each of them") {
  story::Office office;
  const std::uint64_t events = office.events();
  const auto texts = form({{"country", "ZZ"}});
  CHECK(refused(apply_form(office.register_(), texts, Similar::refused, office.next())) ==
        ProblemCode::country);
  CHECK(refused(apply_form(office.register_(), form({{"name", ""}}), Similar::refused, office.next())) ==
        ProblemCode::required);
  CHECK(office.events() == events);
  CHECK(office.applied().id.str() == "AP-0001");
}

TEST_CASE("who withdrew applies again under the old id, and what was found before is forgotten") {
  story::Office office;
  const PartnerId id = office.eligible();
  done(withdraw(office.register_(), office.partner(id), {office.today(), {}, {}, {}}, office.next()));

  const Outcome again = office.applied({{"city", "Gdańsk"}});
  CHECK(again.effect == Effect::applied);
  CHECK(again.id == id);
  CHECK(again.status == Status::applied);
  CHECK_FALSE(office.partner(id).verified_on);
  CHECK(office.partner(id).application.city->str() == "Gdańsk");
}

TEST_CASE("a row of a spreadsheet is filed, found unchanged, in conflict, or amends, as the rules say") {
  story::Office office;
  const auto row = [&](const FieldTexts& texts, Difference difference) {
    const PartnerId first_of_run = next_partner_id(office.register_());
    return apply_row(office.register_(), texts, {Similar::refused, difference}, first_of_run, office.next());
  };
  CHECK(done(row(form(), Difference::is_conflict)).effect == Effect::applied);
  CHECK(done(row(form(), Difference::is_conflict)).effect == Effect::unchanged);

  const auto moved = form({{"city", "Gdańsk"}});
  CHECK(refused(row(moved, Difference::is_conflict)) == ProblemCode::conflict);
  CHECK(done(row(moved, Difference::amends)).effect == Effect::updated);
  CHECK(done(row(moved, Difference::is_conflict)).effect == Effect::unchanged);
  CHECK(done(row(form(), Difference::is_conflict)).effect == Effect::unchanged);  // it does not name the city
}

TEST_CASE("a spreadsheet that names an organisation twice is refused the second time") {
  story::Office office;
  const PartnerId first_of_run = next_partner_id(office.register_());
  const ApplyRules rules;
  done(apply_row(office.register_(), form(), rules, first_of_run, office.next()));
  CHECK(refused(apply_row(office.register_(), form(), rules, first_of_run, office.next())) ==
        ProblemCode::duplicate);
}

TEST_CASE("an update changes the fields that it names and keeps the others") {
  story::Office office;
  const PartnerId id = office.listed({{"acronym", "UBC"}});
  const auto amend = [&](const FieldTexts& texts) {
    return update(office.register_(), office.partner(id), texts, Similar::refused, office.next());
  };
  const Outcome outcome = done(amend(story::fields({{"acronym", ""}, {"city", "Gdańsk"}})));
  CHECK(outcome.effect == Effect::updated);
  CHECK(outcome.status == Status::approved);
  CHECK_FALSE(office.partner(id).application.acronym);
  CHECK(office.partner(id).application.city->str() == "Gdańsk");
  CHECK(office.partner(id).application.website->str() == "https://baltic.example.org/");

  CHECK(done(amend(story::fields({{"city", "Gdańsk"}}))).effect == Effect::unchanged);
  CHECK(refused(amend(story::fields({{"name", ""}}))) == ProblemCode::required);
}

TEST_CASE("an amendment that makes an eligible application fail takes its verification back") {
  story::Office office;
  const PartnerId id = office.eligible();
  const Outcome outcome =
      done(update(office.register_(), office.partner(id), story::fields({{"level", "national"}}),
                  Similar::refused, office.next()));
  CHECK(outcome.status == Status::applied);
  CHECK(outcome.was == Status::eligible);
  REQUIRE(outcome.notes.size() == 1);
  CHECK(outcome.notes.front().code == NoteCode::criterion);
  CHECK(outcome.notes.front().value == "scope");
  CHECK_FALSE(office.partner(id).verified_on);
  CHECK_FALSE(find_verification(office.register_(), id));
}

TEST_CASE("an amendment that makes a listed partner fail is done, with a note for each criterion") {
  story::Office office;
  const PartnerId id = office.listed();
  const auto amend = [&](story::Texts texts) {
    return done(update(office.register_(), office.partner(id), story::fields(texts), Similar::refused,
                       office.next()));
  };
  const Outcome outcome = amend({{"level", "national"}, {"website", ""}});
  CHECK(outcome.status == Status::approved);
  CHECK(outcome.notes.size() == 2);
  CHECK(amend({{"level", "local"}}).notes.empty());
  CHECK(amend({{"city", "Tallinn"}}).notes.empty());
}

TEST_CASE("a person's finding counts until the values that it was made about are amended") {
  Overrides found;
  found[static_cast<std::size_t>(Criterion::scope)] = Verdict::pass;
  story::Office office;
  const PartnerId id = office.applied({{"level", "national"}}).id;
  done(verify(office.register_(), office.partner(id), found, {}, office.next()));
  const auto amend = [&](story::Texts texts) {
    return done(update(office.register_(), office.partner(id), story::fields(texts), Similar::refused,
                       office.next()));
  };
  CHECK(amend({{"city", "Tallinn"}}).status == Status::eligible);
  CHECK(amend({{"level", "local"}}).status == Status::applied);
}
