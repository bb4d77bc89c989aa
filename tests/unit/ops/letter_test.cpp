#include "core/ops/letter.hpp"

#include <doctest/doctest.h>

#include "core/history/record.hpp"
#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;
using story::refused;

TEST_CASE("a letter is recorded with its kind, day and recipient, and changes nothing of the partner") {
  story::Office office;
  const PartnerId id = office.eligible();
  const Partner before = office.partner(id);
  const Deed deed = office.next();
  const Outcome outcome =
      done(record_letter(office.register_(), before, LetterKind::statement, office.today(), deed));
  CHECK(outcome.status == Status::eligible);
  CHECK(office.partner(id) == before);
  const auto letters = find_letters(office.register_(), id);
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].kind == LetterKind::statement);
  CHECK(letters[0].on == office.today());
  CHECK(letters[0].recipient->str() == "desk@example.org");
}

TEST_CASE("a letter that does not fit the status is refused") {
  story::Office office;
  const PartnerId id = office.listed();
  CHECK(refused(record_letter(office.register_(), office.partner(id), LetterKind::refusal, office.today(),
                              office.next())) == ProblemCode::status);
}

TEST_CASE("a letter needs a contact, and erasing that erases the recipient") {
  story::Office office;
  const PartnerId id = office.listed();
  done(record_letter(office.register_(), office.partner(id), LetterKind::welcome, office.today(),
                     office.next()));
  done(erase_contact(office.register_(), office.partner(id), office.next()));
  CHECK_FALSE(find_letters(office.register_(), id).front().recipient);
  CHECK(refused(record_letter(office.register_(), office.partner(id), LetterKind::welcome, office.today(),
                              office.next())) == ProblemCode::rule);
}

TEST_CASE("a letter is not sent before what it is about") {
  story::Office office;
  const PartnerId id = office.listed();
  const Date joined = *office.partner(id).approved_on;
  const Date before = Date::of(joined.days() - std::chrono::days(1));
  CHECK(refused(record_letter(office.register_(), office.partner(id), LetterKind::welcome, before,
                              office.next())) == ProblemCode::date);
  done(record_letter(office.register_(), office.partner(id), LetterKind::welcome, joined, office.next()));
}

TEST_CASE("the kinds of letters fit the statuses that the manual says") {
  CHECK(fitting_statuses(LetterKind::statement) == "eligible");
  CHECK(fitting_statuses(LetterKind::reminder) == "eligible");
  CHECK(fitting_statuses(LetterKind::refusal) == "ineligible");
  CHECK(fitting_statuses(LetterKind::welcome) == "approved");
  CHECK(fitting_statuses(LetterKind::renewal) == "approved");
  CHECK(fitting_statuses(LetterKind::practices) == "approved");
  CHECK(fitting_statuses(LetterKind::ending) == "revoked or withdrawn");
  for (const std::string_view status : Codes<Status>::codes)
    CHECK(fits(LetterKind::circular, *from_code<Status>(status)));
}
