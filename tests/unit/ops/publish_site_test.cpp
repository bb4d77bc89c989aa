#include "core/ops/publish_site.hpp"

#include <doctest/doctest.h>

using namespace covenant;

TEST_CASE("the files of a site are told from those of others by their names") {
  for (const char* path :
       {"partners.csv", "partners.csv-metadata.json", "partners.json", "dataset.jsonld", "sitemap.xml",
        "sitemap-12.xml", "partners.lv.html", "partners.mt.atom", "practices.el.atom", "feed.ga.json",
        "partner/AP-0031.lv.html", "partner/AP-123456.sv.html"}) {
    CAPTURE(path);
    CHECK(is_site_file(path));
  }
  for (const char* path : {"index.html",
                           "robots.txt",
                           "partners.html",
                           "partners.xx.html",
                           "partners..html",
                           "partners.lv.htm",
                           "practices.lv.html",
                           "feed.json",
                           "feed.xx.json",
                           "sitemap-.xml",
                           "sitemap-1a.xml",
                           "partner/AP-0031.html",
                           "partner/AP-31.lv.html",
                           "partner/ap-0031.lv.html",
                           "partner/31.lv.html",
                           "partner/AP-0031.xx.html",
                           "partner/photo.html",
                           "sub/partners.csv",
                           "",
                           "partner/",
                           "partner/.lv.html"}) {
    CAPTURE(path);
    CHECK_FALSE(is_site_file(path));
  }
}
