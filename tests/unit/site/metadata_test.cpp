#include "core/site/metadata.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/base/sink.hpp"
#include "core/formats/public_list.hpp"
#include "core/text/escape.hpp"
#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

PageOptions options(std::optional<std::string_view> base_url = std::nullopt) {
  PageOptions page;
  page.languages = {OfficialLanguage::en, OfficialLanguage::lv};
  if (base_url) page.base_url = samples::parsed<WebUrl>(*base_url);
  return page;
}

std::string xml(std::string_view text) {
  std::string out;
  append_xml(out, text);
  return out;
}

}  // namespace

TEST_CASE("the csv metadata have a column for each of the csv's") {
  const auto metadata = nlohmann::json::parse(csv_metadata(options(), samples::day("2026-11-23")));
  std::string header;
  for (const auto& column : metadata.at("tableSchema").at("columns")) {
    header += (header.empty() ? "" : ",") + column.at("titles").get<std::string>();
  }
  CHECK(header == public_csv_header(CsvReadBy::program));
  CHECK(metadata.at("dc:modified").at("@value") == "2026-11-23");
}

TEST_CASE("an empty registry has metadata too") {
  CHECK(!nlohmann::json::parse(csv_metadata(options(), std::nullopt)).contains("dc:modified"));
  CHECK(!nlohmann::json::parse(dataset_description(options(), std::nullopt)).contains("dct:modified"));
}

TEST_CASE("the sitemap lists each list with all its languages") {
  StringSink sink;
  const PageOptions page = options("https://example.org/p?a&b");
  SitemapWriter sitemap(sink, page);
  sitemap.list(SiteFile::list, OfficialLanguage::lv, samples::day("2026-11-23"));
  sitemap.page("partner/AP-0001.lv.html");
  sitemap.finish();
  CHECK(sink.text() ==
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
        "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
        "<url>\n<loc>https://example.org/p?a&amp;b/partners.lv.html</loc>\n<lastmod>2026-11-23</lastmod>\n"
        "<xhtml:link rel=\"alternate\" hreflang=\"en\" "
        "href=\"https://example.org/p?a&amp;b/partners.en.html\"/>\n"
        "<xhtml:link rel=\"alternate\" hreflang=\"lv\" "
        "href=\"https://example.org/p?a&amp;b/partners.lv.html\"/>\n"
        "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" "
        "href=\"https://example.org/p?a&amp;b/partners.en.html\"/>\n</url>\n"
        "<url>\n<loc>https://example.org/p?a&amp;b/partner/AP-0001.lv.html</loc>\n</url>\n</urlset>\n");
}

TEST_CASE("an index of sitemaps leads to each") {
  const std::string index =
      sitemap_index(options("https://example.org/"), {"sitemap-1.xml", "sitemap-2.xml"});
  CHECK(index.find("<loc>https://example.org/sitemap-1.xml</loc>") != std::string::npos);
  CHECK(index.find("<loc>https://example.org/sitemap-2.xml</loc>") != std::string::npos);
}

TEST_CASE("xml has no place for two characters") {
  CHECK(xml("a\xEF\xBF\xBE\xEF\xBF\xBF<") == "a\xEF\xBF\xBD\xEF\xBF\xBD&lt;");
  CHECK(xml("\xEF\xBF\xBC\xEF\xBF\xBD\"&") == "\xEF\xBF\xBC\xEF\xBF\xBD&quot;&amp;");
  CHECK(xml("") == "");
}
