#include "core/ops/renew.hpp"

#include <doctest/doctest.h>

#include "core/history/record.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;
using story::refused;

TEST_CASE("a listed partner renews its commitment, and its status stays") {
  story::Office office;
  const PartnerId id = office.listed();
  const Deed deed = office.next();
  const Outcome outcome =
      done(renew(office.register_(), office.partner(id), {office.today(), {}, {}}, {}, deed));
  CHECK(outcome.status == Status::approved);
  CHECK(office.partner(id).renewed_on == office.today());
}

TEST_CASE("nothing is recorded of a renewal that is recorded already") {
  story::Office office;
  const PartnerId id = office.listed();
  const Renewal renewal{office.today(), {}, {}};
  done(renew(office.register_(), office.partner(id), renewal, {}, office.next()));
  const std::uint64_t events = office.events();
  CHECK(done(renew(office.register_(), office.partner(id), renewal, {}, office.next())).effect ==
        Effect::unchanged);
  CHECK(office.events() == events);
}

TEST_CASE("a renewal is refused before the joining, and of a partner that is not listed") {
  story::Office office;
  const PartnerId id = office.listed();
  const Date before = Date::of(office.partner(id).approved_on->days() - std::chrono::days(1));
  CHECK(refused(renew(office.register_(), office.partner(id), {before, {}, {}}, {}, office.next())) ==
        ProblemCode::date);
  const PartnerId applied = office.applied({{"name", "Other"}, {"website", ""}}).id;
  CHECK(refused(renew(office.register_(), office.partner(applied), {office.today(), {}, {}}, {},
                      office.next())) == ProblemCode::status);
}

TEST_CASE("a note is added and changes nothing of the partner") {
  story::Office office;
  const PartnerId id = office.listed();
  const Partner before = office.partner(id);
  done(add_note(office.register_(), before, *Remark::parse("Eva called"), office.next("anna")));
  CHECK(office.partner(id) == before);
  const auto notes = find_notes(office.register_(), id);
  REQUIRE(notes.size() == 1);
  CHECK(notes[0].text->str() == "Eva called");
  CHECK(notes[0].actor == "anna");
  CHECK(notes[0].on == office.today());
}
