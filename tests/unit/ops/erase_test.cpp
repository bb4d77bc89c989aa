#include "core/ops/erase.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/ops/end.hpp"
#include "core/ops/find_person.hpp"
#include "core/ops/renew.hpp"

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

namespace {

const SoughtPerson& eva() {
  static const SoughtPerson eva = *SoughtPerson::parse("Eva Roth");
  return eva;
}

/// Where she is named: "description 2".
std::vector<std::string> places(story::Office& office, PartnerId id, const SoughtPerson& person = eva()) {
  std::vector<std::string> found;
  for (const PersonalValue& value : find_person(office.register_(), id, person))
    found.push_back(std::string(code_of(value.at.place)) + " " + std::to_string(value.at.event));
  return found;
}

}  // namespace

TEST_CASE("a person is erased from every text, and the rest stays") {
  story::Office office;
  const PartnerId id =
      office.eligible({{"description", "Ask Eva Roth"}, {"practices", "Map\nGuide of Eva Roth"}});
  done(withdraw(office.register_(), office.partner(id),
                {office.today(), std::nullopt, *Remark::parse("Eva Roth wrote"), std::nullopt},
                office.next()));
  done(add_note(office.register_(), office.partner(id), *Remark::parse("EVA ROTH called"), office.next()));
  CHECK(places(office, id) == std::vector<std::string>{"description 2", "practices 2", "note 4", "note 5"});

  const PersonErased erased = erase_person(office.register_(), office.partner(id), eva(), office.next());
  CHECK(erased.erased == 4);
  CHECK(erased.remains == 0);
  CHECK(erased.outcome.effect == Effect::updated);
  CHECK(erased.outcome.notes.size() == 3);
  const Partner after = office.partner(id);
  CHECK_FALSE(after.application.description);
  CHECK(to_text(after.application.practices) == "Map");
  CHECK_FALSE(after.end_note);
  CHECK(after.application.expertise);
  CHECK(after.application.contact);
  CHECK(places(office, id).empty());
  CHECK(erase_person(office.register_(), after, eva(), office.next()).outcome.effect == Effect::unchanged);
}

TEST_CASE("a contact brings its name and its address along, at the same partner") {
  story::Office office;
  const PartnerId id = office.listed({{"contact_name", "Eva Roth"},
                                      {"contact_email", "eva@example.org"},
                                      {"description", "Write to eva@example.org"}});
  const PartnerId other = office
                              .applied({{"name", "Other Union"},
                                        {"website", "https://other.example.org/"},
                                        {"description", "Not eva@example.org"}})
                              .id;
  CHECK(places(office, id) == std::vector<std::string>{"contact 2", "description 2"});
  CHECK(places(office, other).empty());
  const SoughtPerson address = *SoughtPerson::parse("eva@example.org");
  CHECK(find_partners_naming(office.register_(), address) == std::vector{id, other});
  CHECK(find_partners_naming(office.register_(), eva()) == std::vector{id});
}

TEST_CASE("a person is an address, or a name of three letters") {
  for (const char* text : {"Eva", "Ēva R.", "eva@example.org", "O'N e"})
    CHECK(SoughtPerson::parse(text).ok());
  for (const char* text : {"", "Ev", "1234", "E. V.", "\xff\xff\xff"})
    CHECK_FALSE(SoughtPerson::parse(text).ok());
}
