#include "core/site/addresses.hpp"

#include <doctest/doctest.h>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

TEST_CASE("the files of a site have names that those of others do not have") {
  for (const char* path : {"partners.csv", "partners.csv-metadata.json", "partners.json", "dataset.jsonld",
                           "sitemap.xml", "sitemap-12.xml", "partners.lv.html", "practices.lv.html",
                           "partners.mt.atom", "practices.el.atom", "feed.ga.json", "partner/AP-0031.lv.html",
                           "partner/AP-123456.sv.html", "former.el.html", "certificate/AP-0031.lv.html"}) {
    CAPTURE(path);
    CHECK(is_site_path(path));
  }
  for (const char* path : {"index.html",
                           "robots.txt",
                           "partners.html",
                           "partners.xx.html",
                           "partners..html",
                           "partners.lv.htm",
                           "practices.lv.csv",
                           "feed.json",
                           "feed.xx.json",
                           "sitemap-.xml",
                           "sitemap-1a.xml",
                           "sitemap-0.xml",
                           "sitemap-01.xml",
                           "sitemap--1.xml",
                           "sitemap-1.xml.gz",
                           "xsitemap.xml",
                           "partner/AP-0031.lv.html/x",
                           "partner/AP-0031.lv.en.html",
                           "partner/AP-0031.html",
                           "partner/AP-31.lv.html",
                           "partner/ap-0031.lv.html",
                           "partner/31.lv.html",
                           "partner/AP-0031.xx.html",
                           "partner/photo.html",
                           "former.html",
                           "certificate/AP-0031.html",
                           "sub/partners.csv",
                           "",
                           "partner",
                           "partners/",
                           "/",
                           "partner/.lv.html"}) {
    CAPTURE(path);
    CHECK_FALSE(is_site_path(path));
  }
}

TEST_CASE("the folders of a site are recognised") {
  for (const auto* const path : {"partner/", "certificate/"}) CHECK(is_site_path(path));
}

TEST_CASE("the path of every kind of file is recognised") {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(SiteFile::partner_page); ++i) {
    for (std::size_t language = 0; language < official_language_count; ++language) {
      const std::string path = site_path(
          static_cast<SiteFile>(i),
          {.language = static_cast<OfficialLanguage>(language), .partner = PartnerId(12345), .number = 7});
      CAPTURE(path);
      CHECK(is_site_path(path));
      CHECK_FALSE(is_site_path(path + "x"));
      CHECK_FALSE(is_site_path("x" + path));
    }
  }
  CHECK(site_path(SiteFile::partner_page, {.language = OfficialLanguage::lv, .partner = PartnerId(31)}) ==
        "partner/AP-0031.lv.html");
  CHECK(site_path(SiteFile::sitemap_part, {.number = 2}) == "sitemap-2.xml");
}

TEST_CASE("a site has a page of each partner in each language, and a certificate of each that is listed") {
  CHECK(site_file_count({.languages = 1, .listed = 0, .former = 0}) == 15);
  CHECK(site_file_count({.languages = 24, .listed = 22, .former = 0}) == 680);
  CHECK(site_file_count({.languages = 2, .listed = 3, .former = 1}) == 10 + 2 * 6 + 3 + 2 * 4);
}

TEST_CASE("links between files of a site are relative") {
  CHECK(link_between("partners.lv.html", "partners.en.html") == "partners.en.html");
  CHECK(link_between("partners.lv.html", "partner/AP-0031.lv.html") == "partner/AP-0031.lv.html");
  CHECK(link_between("partner/AP-0031.lv.html", "partners.lv.html") == "../partners.lv.html");
  CHECK(link_between("partner/AP-0031.lv.html", "partner/AP-0031.en.html") == "AP-0031.en.html");
  CHECK(folder_of("partner/AP-0031.lv.html") == "partner/");
  CHECK(folder_of("partners.csv").empty());
}

TEST_CASE("the folder of a site ends in a slash, and without a base url there is none") {
  CHECK(site_folder(std::nullopt).empty());
  CHECK(site_folder(samples::parsed<WebUrl>("https://example.org/p")) == "https://example.org/p/");
  CHECK(site_folder(samples::parsed<WebUrl>("https://example.org/p/")) == "https://example.org/p/");
}
