#include "core/ops/verify.hpp"

#include <doctest/doctest.h>

#include "core/ops/end.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;
using story::refused;

TEST_CASE("an application that meets every criterion becomes eligible") {
  story::Office office;
  const PartnerId id = office.applied().id;
  const Outcome outcome = done(verify(office.register_(), office.partner(id), {}, {}, office.next()));
  CHECK(outcome.effect == Effect::updated);
  CHECK(outcome.status == Status::eligible);
  CHECK(office.partner(id).verified_on == office.today());
}

TEST_CASE("an application that misses one becomes ineligible, until a person finds otherwise") {
  story::Office office;
  const PartnerId id = office.applied({{"level", "national"}}).id;
  CHECK(done(verify(office.register_(), office.partner(id), {}, {}, office.next())).status ==
        Status::ineligible);

  std::array<std::optional<Verdict>, criterion_count> found;
  found[static_cast<std::size_t>(Criterion::scope)] = Verdict::pass;
  const std::vector<Remark> sources = {*Remark::parse("Statutes, article 2")};
  CHECK(done(verify(office.register_(), office.partner(id), found, sources, office.next())).status ==
        Status::eligible);
}

TEST_CASE("a listed partner is checked again and keeps its status") {
  story::Office office;
  const PartnerId id = office.listed();
  Overrides found;
  found[static_cast<std::size_t>(Criterion::website)] = Verdict::fail;
  const Outcome outcome = done(verify(office.register_(), office.partner(id), found, {}, office.next()));
  CHECK(outcome.status == Status::approved);
  CHECK(failed(outcome.found.value()) == std::vector{Criterion::website});
  CHECK(office.partner(id).verified_on == office.today());
}

TEST_CASE("a partner that ended is not verified") {
  story::Office office;
  const PartnerId id = office.listed();
  done(withdraw(office.register_(), office.partner(id), {office.today(), {}, {}, {}}, office.next()));
  const std::uint64_t events = office.events();
  CHECK(refused(verify(office.register_(), office.partner(id), {}, {}, office.next())) ==
        ProblemCode::status);
  CHECK(office.events() == events);
}

TEST_CASE("an earlier finding of a person that is not repeated is a note") {
  story::Office office;
  const PartnerId id = office.applied({{"level", "national"}}).id;
  Overrides found;
  found[static_cast<std::size_t>(Criterion::scope)] = Verdict::pass;
  CHECK(done(verify(office.register_(), office.partner(id), found, {}, office.next())).notes.empty());
  CHECK(done(verify(office.register_(), office.partner(id), found, {}, office.next())).notes.empty());
  const Outcome outcome = done(verify(office.register_(), office.partner(id), {}, {}, office.next()));
  REQUIRE(outcome.notes.size() == 1);
  CHECK(outcome.notes[0].code == NoteCode::finding);
  CHECK(outcome.notes[0].value == "scope=pass");
  CHECK(outcome.was == Status::eligible);
  CHECK(failed(outcome.found.value()) == std::vector{Criterion::scope});
}
