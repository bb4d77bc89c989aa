#include "core/ops/policy.hpp"

#include <doctest/doctest.h>

#include "core/base/error.hpp"
#include "core/store/policy_table.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;

namespace {

constexpr std::int64_t ann = 1001;
constexpr std::int64_t ben = 1002;

/// A register whose commitment policy is `trusted`.
class StrictOffice : public story::Office {
 public:
  StrictOffice() { CHECK(set("trusted", "Ann", ann) == PolicyEffect::set); }

  PolicyEffect set(std::string_view value, std::string_view actor, std::int64_t uid) {
    return set_policy(register_(), *PolicyValue::parse(Policy::commitment, value), next(actor, uid));
  }
  std::string_view value() { return find_policies(register_()).of(Policy::commitment).str(); }
};

}  // namespace

TEST_CASE("a registry begins with the weakest values") {
  story::Office office;
  CHECK(find_policies(office.register_()) == Policies());
  CHECK_FALSE(find_policy(office.register_(), Policy::four_eyes));
}

TEST_CASE("setting what is in force records nothing") {
  StrictOffice office;
  const std::uint64_t events = office.events();
  CHECK(office.set("trusted", "Ben", ben) == PolicyEffect::unchanged);
  CHECK(office.events() == events);
}

TEST_CASE("a policy is weakened when a second actor repeats the first") {
  StrictOffice office;
  CHECK(office.set("signed", "Ann", ann) == PolicyEffect::proposed);
  CHECK(office.value() == "trusted");
  CHECK(office.set("signed", "Ben", ben) == PolicyEffect::set);
  CHECK(office.value() == "signed");
}

TEST_CASE("who proposed it cannot confirm it, under another name or from another account either") {
  StrictOffice office;
  CHECK(office.set("any", "Ann", ann) == PolicyEffect::proposed);
  const std::uint64_t events = office.events();
  CHECK_THROWS_AS(office.set("any", "Ann", ann), Error);
  CHECK_THROWS_AS(office.set("any", "Ben", ann), Error);
  CHECK_THROWS_AS(office.set("any", "ANN", ben), Error);
  CHECK(office.events() == events);
  CHECK(office.value() == "trusted");
}

TEST_CASE("root and system accounts are known by their names alone") {
  for (const std::int64_t uid : {0, 999}) {
    StrictOffice office;
    CHECK(office.set("any", "Ann", uid) == PolicyEffect::proposed);
    CHECK_THROWS_AS(office.set("any", "ann", uid), Error);
    CHECK(office.set("any", "Ben", uid) == PolicyEffect::set);
  }
}

TEST_CASE("another weaker value is another proposal") {
  StrictOffice office;
  CHECK(office.set("any", "Ann", ann) == PolicyEffect::proposed);
  CHECK(office.set("signed", "Ben", ben) == PolicyEffect::proposed);
  CHECK(office.set("any", "Ann", ann) == PolicyEffect::proposed);
  CHECK(office.value() == "trusted");
}

TEST_CASE("a stricter value, and the one in force, end a proposal") {
  StrictOffice office;
  CHECK(office.set("signed", "Ann", ann) == PolicyEffect::proposed);
  CHECK(office.set("signed", "Ben", ben) == PolicyEffect::set);
  CHECK(office.set("any", "Ann", ann) == PolicyEffect::proposed);
  CHECK(office.set("trusted", "Ann", ann) == PolicyEffect::set);
  CHECK(office.set("any", "Ben", ben) == PolicyEffect::proposed);
  CHECK(office.set("trusted", "Ben", ben) == PolicyEffect::kept);
  CHECK(office.set("any", "Ann", ann) == PolicyEffect::proposed);
  CHECK(office.value() == "trusted");
}
