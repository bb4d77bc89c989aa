#include "core/model/criteria.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

const samples::Given eligible = {{Field::membership_based, "yes"}, {Field::website, "https://example.org"}};

/// The criteria that fail.
std::string failing(const samples::Given& given, const Overrides& overrides = {}) {
  samples::Given all = eligible;
  all.insert(all.end(), given.begin(), given.end());
  const Findings findings = evaluate(samples::application(all), overrides);
  std::string failed;
  for (std::size_t i = 0; i < criterion_count; ++i) {
    if (findings[i].verdict == Verdict::pass) continue;
    failed.append(failed.empty() ? "" : " ").append(code_of(static_cast<Criterion>(i)));
  }
  CHECK(all_pass(findings) == failed.empty());
  return failed;
}

}  // namespace

TEST_CASE("an application that meets every criterion passes") {
  CHECK(failing({}).empty());
  CHECK(failing({{Field::level, "international"}}).empty());
}

TEST_CASE("membership is said or follows from the number of members") {
  CHECK(failing({{Field::membership_based, ""}, {Field::member_count, "2"}}).empty());
  CHECK(failing({{Field::membership_based, "yes"}, {Field::member_count, "0"}}).empty());
  CHECK(failing({{Field::membership_based, ""}, {Field::member_count, "1"}}) == "membership");
  CHECK(failing({{Field::membership_based, ""}}) == "membership");
  CHECK(failing({{Field::membership_based, "no"}, {Field::member_count, "500"}}) == "membership");
}

TEST_CASE("the scope is european or international") {
  CHECK(failing({{Field::level, "national"}}) == "scope");
  CHECK(failing({{Field::level, "local"}}) == "scope");
}

TEST_CASE("other organisations tell their expertise") {
  CHECK(failing({{Field::categories, "other"}}) == "category");
  CHECK(failing({{Field::categories, "financial;other"}}) == "category");
  CHECK(failing({{Field::categories, "other"}, {Field::expertise, "Heat"}}).empty());
}

TEST_CASE("a website is asked for") {
  CHECK(failing({{Field::website, ""}}) == "website");
}

TEST_CASE("a contact that was erased is missed") {
  Application application = samples::application(eligible);
  application.contact.reset();
  const Findings findings = evaluate(application, {});
  CHECK(findings[static_cast<std::size_t>(Criterion::contact)] == Finding{Verdict::fail, false});
}

TEST_CASE("a person's finding overrides the rule's, in both directions") {
  Overrides overrides;
  overrides[static_cast<std::size_t>(Criterion::website)] = Verdict::pass;
  CHECK(failing({{Field::website, ""}}, overrides).empty());
  overrides[static_cast<std::size_t>(Criterion::scope)] = Verdict::fail;
  CHECK(failing({{Field::website, ""}}, overrides) == "scope");
  const Findings findings = evaluate(samples::application(eligible), overrides);
  CHECK(findings[static_cast<std::size_t>(Criterion::scope)].by_person);
  CHECK(!findings[static_cast<std::size_t>(Criterion::contact)].by_person);
}

TEST_CASE("every criterion says what it asks for") {
  for (std::size_t i = 0; i < criterion_count; ++i) CHECK(!requirement(static_cast<Criterion>(i)).empty());
}
