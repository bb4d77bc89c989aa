#include "core/model/criteria.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

const samples::Given eligible = {{"membership_based"_field, "yes"}, {"website"_field, "https://example.org"}};

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
  CHECK(failing({{"level"_field, "international"}}).empty());
}

TEST_CASE("membership is said or follows from the number of members") {
  CHECK(failing({{"membership_based"_field, ""}, {"member_count"_field, "2"}}).empty());
  CHECK(failing({{"membership_based"_field, "yes"}, {"member_count"_field, "0"}}).empty());
  CHECK(failing({{"membership_based"_field, ""}, {"member_count"_field, "1"}}) == "membership");
  CHECK(failing({{"membership_based"_field, ""}}) == "membership");
  CHECK(failing({{"membership_based"_field, "no"}, {"member_count"_field, "500"}}) == "membership");
}

TEST_CASE("the scope is european or international") {
  CHECK(failing({{"level"_field, "national"}}) == "scope");
  CHECK(failing({{"level"_field, "local"}}) == "scope");
}

TEST_CASE("other organisations describe their expertise") {
  CHECK(failing({{"categories"_field, "other"}}) == "category");
  CHECK(failing({{"categories"_field, "financial;other"}}) == "category");
  CHECK(failing({{"categories"_field, "other"}, {"expertise"_field, "Heat"}}).empty());
}

TEST_CASE("a website is asked for") {
  CHECK(failing({{"website"_field, ""}}) == "website");
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
  CHECK(failing({{"website"_field, ""}}, overrides).empty());
  overrides[static_cast<std::size_t>(Criterion::scope)] = Verdict::fail;
  CHECK(failing({{"website"_field, ""}}, overrides) == "scope");
  const Findings findings = evaluate(samples::application(eligible), overrides);
  CHECK(findings[static_cast<std::size_t>(Criterion::scope)].by_person);
  CHECK(!findings[static_cast<std::size_t>(Criterion::contact)].by_person);
}

TEST_CASE("what is short of a criterion is said with what the rule asks for, or that a person found it") {
  Overrides overrides;
  overrides[static_cast<std::size_t>(Criterion::contact)] = Verdict::fail;
  const Findings findings = evaluate(samples::application(eligible), overrides);
  CHECK(shortcomings(findings) == "contact (as a person found)");
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const auto criterion = static_cast<Criterion>(i);
    CHECK(shortcoming(criterion, Findings()).starts_with(std::string(code_of(criterion)) + " (it"));
  }
}

TEST_CASE("each criterion looks at fields of its own") {
  CHECK(criterion_of("member_count"_field) == Criterion::membership);
  CHECK(criterion_of("expertise"_field) == Criterion::category);
  CHECK(criterion_of("contact_phone"_field) == Criterion::contact);
  CHECK_FALSE(criterion_of("city"_field));
}

TEST_CASE("a person's finding counts again unless the values that it was made about have changed") {
  Findings recorded = evaluate(samples::application(eligible), {});
  recorded[static_cast<std::size_t>(Criterion::scope)] = {Verdict::fail, true};
  Criteria changed;
  CHECK(shortcomings(evaluate_again(samples::application(eligible), recorded, changed)) ==
        "scope (as a person found)");
  changed.set(static_cast<std::size_t>(Criterion::scope));
  CHECK(all_pass(evaluate_again(samples::application(eligible), recorded, changed)));
}
