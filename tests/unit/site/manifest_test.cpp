#include "core/site/manifest.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace covenant;

namespace {

SiteManifest sample() {
  return {sha256({"made"}),
          sha256({"shown"}),
          {sha256({"joinings"}), sha256({"practices"})},
          42,
          sha256({"names"}),
          {{PartnerId(1), sha256({"1"})}, {PartnerId(7), sha256({"7"})}}};
}

}  // namespace

TEST_CASE("a manifest is read as it was written") {
  const auto read = SiteManifest::parse(sample().str());
  REQUIRE(read);
  CHECK(read->made == sample().made);
  CHECK(read->shown == sample().shown);
  CHECK(read->parts == sample().parts);
  CHECK(read->of(SitePart::practices_feed) == sha256({"practices"}));
  CHECK(read->files == 42);
  CHECK(read->names == sample().names);
  CHECK(read->pages == sample().pages);
  REQUIRE(read->page_of(PartnerId(7)) != nullptr);
  CHECK(*read->page_of(PartnerId(7)) == sha256({"7"}));
  CHECK(read->page_of(PartnerId(2)) == nullptr);
  CHECK(SiteManifest::parse(SiteManifest{}.str()));
}

TEST_CASE("a manifest with any byte changed, lost or added is none") {
  const std::string text = sample().str();
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(SiteManifest::parse(changed));
    CHECK_FALSE(SiteManifest::parse(text.substr(0, i)));
    CHECK_FALSE(SiteManifest::parse(std::string(text).insert(i, 1, '0')));
  }
  CHECK_FALSE(SiteManifest::parse(text + "\n"));
}

TEST_CASE("other parts make another digest, also where together they are the same text") {
  const auto of = [](std::initializer_list<std::string_view> parts) {
    MadeFrom made;
    for (const std::string_view part : parts) made.add(part);
    return made.finish();
  };
  CHECK(of({"ab", "c"}) == of({"ab", "c"}));
  CHECK(of({"ab", "c"}) != of({"a", "bc"}));
  CHECK(of({"ab", ""}) != of({"ab"}));
  CHECK(MadeFrom().add(std::optional<std::int64_t>()).finish() !=
        MadeFrom().add(std::optional<std::int64_t>(0)).finish());
}

TEST_CASE("the program knows what it was built from, and the same options make the same digest") {
  PageOptions options;
  const auto before = made_by(options);
  REQUIRE(before);
  CHECK(made_by(options) == before);
  options.site_name = "Site";
  CHECK(made_by(options) != before);
}
