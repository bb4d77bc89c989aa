#include "core/ops/apply.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>

#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
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
    NamedByRows earlier(office.register_());
    return apply_row(office.register_(), {.texts = texts}, {Similar::refused, difference}, earlier,
                     office.next());
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
  NamedByRows earlier(office.register_());
  const ApplyRules rules;
  const auto row = [&](std::uint64_t line) {
    return apply_row(office.register_(), {.texts = form(), .line = line}, rules, earlier, office.next());
  };
  done(row(7));
  const auto second = row(9);
  CHECK(refused(second) == ProblemCode::duplicate);
  CHECK(second.problems()[0].message.ends_with(" is also in line 7; remove one"));
}

TEST_CASE("the line of each row that filed a partner is known") {
  story::Office office;
  NamedByRows earlier(office.register_());
  constexpr std::array<std::uint64_t, 6> lines = {2, 3, 7, 8, 9, 20};
  const PartnerId first = office.applied().id;
  for (std::size_t i = 0; i < lines.size(); ++i)
    earlier.add(PartnerId(first.number() + static_cast<std::int64_t>(i)), lines.at(i));
  for (std::size_t i = 0; i < lines.size(); ++i)
    CHECK(earlier.line_of(PartnerId(first.number() + static_cast<std::int64_t>(i))) == lines.at(i));
}

TEST_CASE("a spreadsheet does not change a partner and change it back") {
  story::Office office;
  const PartnerId id = office.applied({{"city", "Tartu"}}).id;
  NamedByRows earlier(office.register_());
  const ApplyRules rules{.difference = Difference::amends};
  const auto row = [&](std::string_view city) {
    return apply_row(office.register_(), {.texts = form({{"city", city}}), .line = 2}, rules, earlier,
                     office.next());
  };
  CHECK(done(row("Tartu")).effect == Effect::unchanged);
  CHECK(refused(row("Riga")) == ProblemCode::duplicate);
  CHECK(office.partner(id).application.city->str() == "Tartu");
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

namespace {

/// Applies and amends by rows, each a spreadsheet of its own.
struct Sheets {
  story::Office& office;

  OutcomeResult operator()(story::Texts texts, std::string_view id = "",
                           EmptyCells empty_cells = EmptyCells::keep) {
    NamedByRows earlier(office.register_());
    return apply_row(office.register_(), {id, story::fields(texts)},
                     {Similar::refused, Difference::amends, empty_cells}, earlier, office.next());
  }
};

void withdraw_now(story::Office& office, PartnerId id) {
  done(withdraw(office.register_(), office.partner(id), {office.today(), {}, {}, {}}, office.next()));
}

NoteCode only_note(const Outcome& outcome) {
  REQUIRE(outcome.notes.size() == 1);
  return outcome.notes.front().code;
}

}  // namespace

TEST_CASE("a row names a partner by its id before its name") {
  story::Office office;
  Sheets sheet{office};
  const PartnerId first = office.applied().id;
  const PartnerId second =
      office.applied({{"name", "Other"}, {"reference", "F-2"}, {"website", "https://other.example.org/"}}).id;

  CHECK(done(sheet({{"name", "Renamed"}}, "AP-1")).effect == Effect::updated);
  CHECK(office.partner(first).application.name.str() == "Renamed");
  CHECK(refused(sheet({{"name", "Other"}}, "1")) == ProblemCode::conflict);
  CHECK(refused(sheet({{"name", "Renamed"}}, "99")) == ProblemCode::partner);
  CHECK(refused(sheet({{"name", "Renamed"}}, "F-2")) == ProblemCode::partner);
  CHECK(refused(sheet({{"reference", "F-2"}}, "1")) == ProblemCode::partner);
  CHECK(done(sheet({{"reference", "F-3"}}, "2")).id == second);
  CHECK(office.partner(second).application.reference->str() == "F-3");
  CHECK(done(sheet({{"reference", "F-3"}, {"city", "Tartu"}})).id == second);
  CHECK_FALSE(sheet({{"reference", "F-9"}}).ok());  // it names nobody and is no application
}

TEST_CASE("who left applies again only by a row with a later day") {
  story::Office office;
  Sheets sheet{office};
  const PartnerId id = office.listed();
  withdraw_now(office, id);
  const std::string on_ending = office.partner(id).ended_on->str();

  for (const auto& row : {form(), form({{"city", "Tartu"}}), form({{"applied_on", on_ending}})}) {
    NamedByRows earlier(office.register_());
    const Outcome outcome = done(apply_row(office.register_(), {.texts = row},
                                           {Similar::refused, Difference::amends}, earlier, office.next()));
    CHECK(outcome.effect == Effect::unchanged);
    CHECK(only_note(outcome) == NoteCode::ended);
  }
  const std::string later = office.today().str();
  const Outcome again = done(sheet({{"name", "Union of the Baltic Cities"}, {"applied_on", later}}));
  CHECK(again.effect == Effect::applied);
  CHECK(again.was == Status::withdrawn);
  CHECK(only_note(again) == NoteCode::again);
}

TEST_CASE("an ending that was an error does not keep an old file from applying") {
  story::Office office;
  Sheets sheet{office};
  const PartnerId id = office.listed();
  done(revoke(office.register_(), office.partner(id), {office.today(), EndReason::entered_in_error, {}, {}},
              office.next()));
  CHECK(done(sheet({{"name", "Union of the Baltic Cities"}})).effect == Effect::applied);
  CHECK(office.partner(id).status == Status::applied);
}

TEST_CASE("a contact that was erased comes back by a later row or an update, which is a note") {
  story::Office office;
  Sheets sheet{office};
  const PartnerId id = office.applied().id;
  done(erase_contact(office.register_(), office.partner(id), office.next()));

  NamedByRows earlier(office.register_());
  const Outcome same = done(apply_row(office.register_(), {.texts = form()}, {}, earlier, office.next()));
  CHECK(same.effect == Effect::unchanged);
  CHECK(same.notes.empty());

  const Outcome moved =
      done(sheet({{"city", "Tartu"}, {"contact_name", "A"}, {"contact_email", "a@example.org"}}, "1"));
  CHECK(only_note(moved) == NoteCode::erased);
  CHECK_FALSE(office.partner(id).application.contact);
  CHECK(office.partner(id).contact_erased_on);

  const std::string later = office.today().str();
  CHECK(only_note(done(sheet(
            {{"contact_name", "A"}, {"contact_email", "a@example.org"}, {"applied_on", later}}, "1"))) ==
        NoteCode::erased);
  CHECK(office.partner(id).application.contact);
  CHECK_FALSE(office.partner(id).contact_erased_on);

  done(erase_contact(office.register_(), office.partner(id), office.next()));
  CHECK(only_note(done(update(office.register_(), office.partner(id),
                              story::fields({{"contact_name", "B"}, {"contact_email", "b@example.org"}}),
                              Similar::refused, office.next()))) == NoteCode::erased);
}

TEST_CASE("an empty cell of an amendment keeps what is stored unless it may clear, which is a note") {
  story::Office office;
  Sheets sheet{office};
  const PartnerId id = office.listed({{"acronym", "UBC"}, {"city", "Tartu"}, {"language", "et"}});
  CHECK(done(sheet({{"acronym", ""}, {"city", " "}, {"language", ""}, {"country", ""}}, "1")).effect ==
        Effect::unchanged);
  CHECK(done(sheet({{"acronym", ""}, {"country", "EE"}}, "1")).notes.empty());
  CHECK(office.partner(id).application.acronym->str() == "UBC");

  const Outcome cleared = done(sheet(
      {{"acronym", ""}, {"language", ""}, {"expertise", ""}, {"applied_on", ""}}, "1", EmptyCells::clear));
  CHECK(cleared.notes.size() == 3);
  CHECK(cleared.notes[0].code == NoteCode::cleared);
  CHECK(cleared.notes[0].column == "acronym");
  CHECK(cleared.notes[0].value == "UBC");
  CHECK_FALSE(office.partner(id).application.acronym);
  CHECK(refused(sheet({{"country", ""}}, "1", EmptyCells::clear)) == ProblemCode::required);
}

TEST_CASE("applying again by a form is a note that says what it leaves empty") {
  story::Office office;
  const PartnerId id = office.applied({{"city", "Tartu"}}).id;
  withdraw_now(office, id);
  const Outcome again = office.applied();
  CHECK(only_note(again) == NoteCode::again);
  CHECK(again.notes[0].value == "withdrawn");
  CHECK(again.notes[0].message.ends_with("leaves empty: city"));
}
