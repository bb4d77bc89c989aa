#include "core/ops/stated.hpp"

#include <doctest/doctest.h>

#include "core/ops/end.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;

TEST_CASE("a joining is so when all that is said of it is stored") {
  story::Office office;
  const PartnerId id = office.listed();
  const auto so = [&](const StatedJoining& joining) {
    return is_so(office.register_(), office.partner(id), joining);
  };
  CHECK(so({}));
  CHECK(so({.exception = *Remark::parse("Signed on paper"), .received_on = office.partner(id).approved_on}));
  CHECK_FALSE(so({.exception = *Remark::parse("Lost")}));
  CHECK_FALSE(so({.received_on = *Date::parse("2020-01-01")}));
  CHECK_FALSE(so({.signed_on = office.partner(id).approved_on}));
  CHECK_FALSE(so({.document = std::string(64, 'a')}));

  done(withdraw(office.register_(), office.partner(id), {office.today(), {}, {}, {}}, office.next()));
  CHECK_FALSE(so({}));
}

TEST_CASE("an ending is so when it led to the same status and all that is said of it is stored") {
  story::Office office;
  const PartnerId id = office.listed();
  CHECK_FALSE(is_so(office.partner(id), {.status = Status::revoked}));
  const Date on = office.today();
  done(revoke(office.register_(), office.partner(id), {on, EndReason::ceased, {}, {}}, office.next()));
  const Partner partner = office.partner(id);
  CHECK(is_so(partner, {.status = Status::revoked, .on = on, .reason = EndReason::ceased}));
  CHECK_FALSE(is_so(partner, {.status = Status::withdrawn}));
  CHECK_FALSE(is_so(partner, {.status = Status::revoked, .reason = EndReason::inactive}));
  CHECK_FALSE(is_so(partner, {.status = Status::revoked, .note = *Remark::parse("By law")}));
}

TEST_CASE("findings are so when they are stored and the criteria would decide the same") {
  story::Office office;
  const PartnerId id = office.applied({{"level", "national"}}).id;
  const StatedFindings stated = [] {
    StatedFindings findings{.sources = {*Remark::parse("Statutes")}};
    findings.overrides[static_cast<std::size_t>(Criterion::scope)] = Verdict::pass;
    return findings;
  }();
  const auto so = [&](const StatedFindings& findings) {
    return is_so(office.register_(), office.partner(id), findings);
  };
  CHECK_FALSE(so(stated));
  done(verify(office.register_(), office.partner(id), stated.overrides, stated.sources, office.next()));
  CHECK(so(stated));
  CHECK(so({.sources = stated.sources}));
  CHECK_FALSE(so({}));
  CHECK_FALSE(so({.sources = {*Remark::parse("A call")}}));

  done(update(office.register_(), office.partner(id), story::fields({{"website", ""}}), Similar::refused,
              office.next()));
  CHECK_FALSE(so(stated));
}
