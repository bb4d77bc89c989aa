#include "core/ops/duplicates.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/unit/ops/story.hpp"

using namespace covenant;

namespace {

/// The codes that an application gets beside the stored partners.
std::vector<ProblemCode> codes(story::Office& office, story::Texts given,
                               Similar similar = Similar::refused) {
  const auto result = apply_form(office.register_(), story::form(given), similar, office.next());
  std::vector<ProblemCode> found;
  if (result) return found;
  for (const Problem& problem : result.problems()) found.push_back(problem.code);
  return found;
}

}  // namespace

TEST_CASE("the same name or the same reference is the same organisation, whatever is allowed") {
  story::Office office;
  office.applied({{"reference", "CoM-1"}});
  const std::vector duplicate = {ProblemCode::duplicate};
  CHECK(codes(office, {{"website", "https://other.example.org/"}}, Similar::allowed) == duplicate);
  CHECK(codes(office, {{"name", "union of the BALTIC cities"}, {"website", "https://other.example.org/"}},
              Similar::allowed) == duplicate);
  CHECK(codes(office,
              {{"name", "Another"}, {"reference", "CoM-1"}, {"website", "https://other.example.org/"}},
              Similar::allowed) == duplicate);
}

TEST_CASE("the same website or acronym may be the same organisation: refused unless that is allowed") {
  story::Office office;
  office.applied({{"acronym", "UBC"}});
  const std::vector similar = {ProblemCode::similar};
  CHECK(codes(office, {{"name", "Another"}, {"website", "http://www.baltic.example.org/about"}}) == similar);
  CHECK(codes(office, {{"name", "Another"}, {"acronym", "UBC"}, {"website", "https://other.example.org/"}}) ==
        similar);
  CHECK(codes(office, {{"name", "Another"}, {"website", "https://baltic.example.org/"}}, Similar::allowed)
            .empty());
}

TEST_CASE("an organisation is not compared with itself, nor again for what it did not change") {
  story::Office office;
  const PartnerId first = office.applied({{"acronym", "UBC"}}).id;
  const Partner partner = office.partner(first);
  CHECK(find_duplicates(office.register_(), partner.application, &partner, Similar::refused).empty());
  CHECK(find_duplicates(office.register_(), partner.application, nullptr, Similar::refused).size() > 0);
  CHECK(find_similar(office.register_(), partner.application, &partner, {}).empty());
  CHECK(find_similar(office.register_(), partner.application, nullptr, {}).size() == 2);
}

TEST_CASE("a name that may be taken for another's is possibly the same") {
  story::Office office;
  office.applied({{"name", "Alpha Association"}});
  const std::vector similar = {ProblemCode::similar};
  const story::Texts other = {{"name", "Аlpha Association"}, {"website", "https://other.example.org/"}};
  CHECK(codes(office, other) == similar);
  CHECK(codes(office, other, Similar::allowed).empty());
}

TEST_CASE("placeholders and pages at a social network make nobody similar") {
  story::Office office;
  office.applied({{"acronym", "N/A"}, {"website", "https://www.facebook.com/one"}});
  CHECK(codes(office, {{"name", "Another"}, {"acronym", "N/A"}, {"website", "https://facebook.com/two"}})
            .empty());
  CHECK(codes(office, {{"name", "A third"}, {"website", "https://lv.linkedin.com/company/x"}}).empty());
  CHECK(codes(office, {{"name", "A fourth"}, {"website", "https://fr.linkedin.com/company/y"}}).empty());
}
