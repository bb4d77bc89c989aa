#include "core/ops/publish.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "core/base/error.hpp"
#include "core/base/sink.hpp"
#include "core/base/staged_folder.hpp"
#include "core/ops/end.hpp"
#include "core/ops/publish_site.hpp"
#include "core/site/addresses.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;

namespace {

constexpr ExportFormat formats[] = {ExportFormat::html, ExportFormat::csv, ExportFormat::json,
                                    ExportFormat::atom};

struct Published {
  std::int64_t count;
  std::string text;
};

Published published(story::Office& office, ExportFormat format) {
  Publication publication;
  publication.format = format;
  StringSink sink;
  const std::int64_t count = publish(office.register_(), publication, sink);
  return {count, sink.text()};
}

/// The format of the list that shows whether there are partners.
ExportFormat listed_as(ExportFormat format) {
  return format == ExportFormat::site ? ExportFormat::json : format;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("who is listed is published in every format, and who is not yet is in none") {
  story::Office office;
  office.listed();
  office.eligible({{"name", "Energy Cities"}, {"website", "https://energy.example.org/"}});
  for (const ExportFormat format : formats) {
    CAPTURE(code_of(format));
    const Published list = published(office, format);
    CHECK(list.count == 1);
    CHECK(contains(list.text, "Union of the Baltic Cities"));
    CHECK_FALSE(contains(list.text, "Energy Cities"));
  }
}

TEST_CASE("no format has the contact or the reference") {
  story::Office office;
  office.listed({{"reference", "CoM-2026-017"}, {"contact_phone", "+48 58 000 00 00"}});
  for (const ExportFormat format : formats) {
    CAPTURE(code_of(format));
    const std::string text = published(office, format).text;
    for (const char* secret : {"Contact Desk", "desk@example.org", "+48", "CoM-2026-017"}) {
      CAPTURE(secret);
      CHECK_FALSE(contains(text, secret));
    }
  }
}

TEST_CASE("the same register makes the same bytes") {
  story::Office office;
  office.listed();
  for (const ExportFormat format : formats) {
    CAPTURE(code_of(format));
    CHECK(published(office, format).text == published(office, format).text);
  }
}

TEST_CASE("who was revoked leaves the list, and the feed says so") {
  story::Office office;
  const PartnerId id = office.listed();
  story::done(revoke(office.register_(), office.partner(id), {office.today(), EndReason::inactive, {}, {}},
                     office.next()));
  CHECK(published(office, ExportFormat::csv).count == 0);
  CHECK(published(office, ExportFormat::atom).count == 2);
}

TEST_CASE("a published list is recognised as one that has partners, or none") {
  story::Office office;
  for (const ExportFormat format :
       {ExportFormat::html, ExportFormat::csv, ExportFormat::json, ExportFormat::site}) {
    CAPTURE(code_of(format));
    CHECK_FALSE(lists_partners(format, published(office, listed_as(format)).text));
  }
  office.listed();
  for (const ExportFormat format :
       {ExportFormat::html, ExportFormat::csv, ExportFormat::json, ExportFormat::site}) {
    CAPTURE(code_of(format));
    CHECK(lists_partners(format, published(office, listed_as(format)).text));
  }
}

TEST_CASE("a list of some categories and countries has those alone") {
  story::Office office;
  office.listed();
  for (const ExportFormat format : formats) {
    CAPTURE(code_of(format));
    Publication some;
    some.format = format;
    StringSink sink;
    some.query = PublicQuery({Category::other, Category::civil_society}, {*Country::parse("PL")});
    CHECK(publish(office.register_(), some, sink) == 1);
    some.query = PublicQuery({Category::other}, {});
    CHECK(publish(office.register_(), some, sink) == 0);
    some.query = PublicQuery({}, {*Country::parse("FR")});
    CHECK(publish(office.register_(), some, sink) == 0);
  }
}

TEST_CASE("what is no single list is not written as one") {
  story::Office office;
  for (const ExportFormat format : {ExportFormat::site, ExportFormat::certificate})
    CHECK_THROWS_AS(published(office, format), Error);
  CHECK_FALSE(lists_partners(ExportFormat::certificate, "<entry>"));
}

TEST_CASE("every file that a site writes is recognised as one of a site's") {
  namespace fs = std::filesystem;
  story::Office office;
  const PartnerId gone =
      office.listed({{"name", "Energy Cities"}, {"website", "https://energy.example.org/"}});
  story::done(revoke(office.register_(), office.partner(gone), {office.today(), EndReason::inactive, {}, {}},
                     office.next()));
  office.listed();
  Publication site;
  site.format = ExportFormat::site;
  site.page.place = PagePlace::in_site;
  for (std::size_t i = 0; i < official_language_count; ++i)
    site.page.languages.push_back(static_cast<OfficialLanguage>(i));
  const fs::path target = fs::temp_directory_path() / ("publish-" + std::to_string(::getpid()));
  fs::remove_all(target);
  std::size_t written = 0;
  {
    StagedFolder folder(target.string(), is_site_path, std::chrono::seconds(1));
    CHECK(publish_site(office.register_(), site, SiteExtent::changed, folder).partners == 1);
    written = static_cast<std::size_t>(folder.commit().files);
  }
  std::size_t found = 0;
  for (const auto& entry : fs::recursive_directory_iterator(target)) {
    if (entry.is_directory()) continue;
    const std::string path = entry.path().lexically_relative(target).string();
    CAPTURE(path);
    CHECK(is_site_path(path));
    ++found;
  }
  fs::remove_all(target);
  // In each language two lists, three feeds, two pages and who left; ten files of data and a certificate.
  CHECK(found == official_language_count * 8 + 11);
  CHECK(found == written);
}
