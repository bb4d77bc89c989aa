#include "core/ops/erase.hpp"

#include <doctest/doctest.h>

#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;

TEST_CASE("a contact is erased, and the partner stays what it was") {
  story::Office office;
  const PartnerId id = office.listed();
  REQUIRE(office.partner(id).application.contact);

  const Outcome outcome = done(erase_contact(office.register_(), office.partner(id), office.next()));
  CHECK(outcome.effect == Effect::updated);
  CHECK(outcome.status == Status::approved);
  CHECK_FALSE(office.partner(id).application.contact);
  CHECK(office.partner(id).contact_erased_on == office.today());
}

TEST_CASE("where nothing is left to erase, nothing is recorded") {
  story::Office office;
  const PartnerId id = office.listed();
  done(erase_contact(office.register_(), office.partner(id), office.next()));
  const std::uint64_t events = office.events();
  CHECK(done(erase_contact(office.register_(), office.partner(id), office.next())).effect ==
        Effect::unchanged);
  CHECK(office.events() == events);
}

TEST_CASE("an erased contact comes back with a new one, which can be erased as well") {
  story::Office office;
  const PartnerId id = office.listed();
  done(erase_contact(office.register_(), office.partner(id), office.next()));
  const auto desk = story::fields({{"contact_name", "New Desk"}, {"contact_email", "new@example.org"}});
  done(update(office.register_(), office.partner(id), desk, Similar::refused, office.next()));
  CHECK(office.partner(id).application.contact->email.str() == "new@example.org");
  CHECK_FALSE(office.partner(id).contact_erased_on);
  CHECK(done(erase_contact(office.register_(), office.partner(id), office.next())).effect == Effect::updated);
}
