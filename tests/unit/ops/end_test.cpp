#include "core/ops/end.hpp"

#include <doctest/doctest.h>

#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;
using story::refused;

TEST_CASE("a listed partner is revoked for a reason, on a day") {
  story::Office office;
  const PartnerId id = office.listed();
  const Ending ending{office.today(), EndReason::inactive, {}, {}};
  CHECK(done(revoke(office.register_(), office.partner(id), ending, office.next())).status ==
        Status::revoked);
  CHECK(office.partner(id).ended_on == ending.on);
  CHECK(refused(revoke(office.register_(), office.partner(id), ending, office.next())) ==
        ProblemCode::status);
}

TEST_CASE("who is not listed cannot be revoked, but can withdraw") {
  story::Office office;
  const PartnerId id = office.applied().id;
  const Ending revoked{office.today(), EndReason::inactive, {}, {}};
  CHECK(refused(revoke(office.register_(), office.partner(id), revoked, office.next())) ==
        ProblemCode::status);
  const Ending own_wish{office.today(), {}, *Remark::parse("Own wish"), {}};
  CHECK(done(withdraw(office.register_(), office.partner(id), own_wish, office.next())).status ==
        Status::withdrawn);
}

TEST_CASE("a partnership does not end before it began") {
  story::Office office;
  const Date before = office.today();
  const PartnerId id = office.listed();
  const Ending ending{before, EndReason::inactive, {}, {}};
  CHECK(refused(revoke(office.register_(), office.partner(id), ending, office.next())) == ProblemCode::date);
  CHECK(office.partner(id).status == Status::approved);
}

TEST_CASE("a merger has the partner that goes on, and nothing else has") {
  story::Office office;
  const PartnerId id = office.listed();
  const PartnerId successor =
      office.listed({{"name", "Energy Cities"}, {"website", "https://energy.example.org/"}});
  const auto end_by = [&](EndReason reason, std::optional<PartnerId> other) {
    return revoke(office.register_(), office.partner(id), {office.today(), reason, {}, other}, office.next());
  };
  CHECK(refused(end_by(EndReason::merged, {})) == ProblemCode::rule);
  CHECK(refused(end_by(EndReason::inactive, successor)) == ProblemCode::rule);
  CHECK(done(end_by(EndReason::merged, successor)).status == Status::revoked);
  CHECK(office.partner(id).successor == successor);
}
