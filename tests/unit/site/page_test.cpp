#include "core/site/page.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/sink.hpp"
#include "core/embedded.hpp"
#include "core/model/public_list.hpp"
#include "core/site/head.hpp"
#include "core/site/names.hpp"
#include "core/site/record.hpp"
#include "tests/unit/support/public_sample.hpp"

using namespace covenant;
using samples::PublicSample;

namespace {

PublicSample association() {
  return {{"id", "AP-0031"},
          {"name", "Calm Association"},
          {"acronym", "CA"},
          {"categories", "financial;other"},
          {"level", "european"},
          {"country", "LV"},
          {"city", "Rīga"},
          {"website", "https://calm.example.org/?a=1&b=2"},
          {"description", "What we do"},
          {"expertise", "Audits\nCourses"},
          {"practices", "Heat map <https://calm.example.org/map>\nEvening school"},
          {"language", "en"},
          {"partner_since", "2012-03-26"}};
}

PublicSummary summary_of(std::int64_t count) {
  PublicSummary summary;
  summary.count = count;
  summary.by_category = {count, 0, 0, count};
  if (count > 0) summary.by_country = {{*Country::parse("LV"), count}};
  summary.modified = *Date::parse("2026-11-20");
  return summary;
}

PageSource source_of(const std::vector<PublicSample>& partners, PublicSummary summary) {
  PageSource source;
  source.summary = std::move(summary);
  source.partners = [&partners](const PageSource::VisitPartner& visit) {
    for (const PublicSample& partner : partners) visit(partner.texts());
  };
  return source;
}

std::string page_of(const std::vector<PublicSample>& partners, const PageOptions& options = {}) {
  StringSink sink;
  write_page(options, source_of(partners, summary_of(static_cast<std::int64_t>(partners.size()))), sink);
  return sink.text();
}

PageOptions in(OfficialLanguage language) {
  PageOptions options;
  options.language = language;
  return options;
}

PageOptions fragment() {
  PageOptions options;
  options.extent = PageExtent::fragment;
  return options;
}

std::size_t occurrences(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a partner is shown in full") {
  const std::string page = page_of({association()});
  CHECK(contains(
      page, "<li id=\"AP-0031\" class=\"partner\" data-category=\"financial other\" data-country=\"LV\">"));
  CHECK(contains(page,
                 "<a href=\"https://calm.example.org/?a=1&amp;b=2\" rel=\"external\">Calm Association</a>"));
  CHECK(contains(page, "<abbr>CA</abbr>"));
  CHECK(contains(page, "<span>Rīga</span>, Latvia</p>"));
  CHECK(
      contains(page, "<li class=\"kind financial\">Financial institutions</li>\n<li class=\"kind other\">"));
  CHECK(contains(page, "<p>What we do</p>"));
  CHECK(contains(page, "<dd>Audits<br>\nCourses</dd>"));
  CHECK(contains(page, "<li><a href=\"https://calm.example.org/map\" rel=\"external\">Heat map</a></li>"));
  CHECK(contains(page, "<li>Evening school</li>"));
  CHECK(contains(page, "Partner since: <time datetime=\"2012-03-26\">26 March 2012</time>"));
}

TEST_CASE("what a partner does not have leaves nothing behind") {
  PublicSample partner = association();
  partner["acronym"].clear();
  partner["city"].clear();
  partner["website"].clear();
  partner["description"].clear();
  partner["expertise"].clear();
  partner["practices"].clear();
  const std::string list = page_of({partner}, fragment());
  CHECK(contains(list, "<h3><span>Calm Association</span></h3>\n<p class=\"where\">Latvia</p>"));
  for (const char* part : {"<abbr", "class=\"what\"", "<dl", "rel=\"external\""})
    CHECK_FALSE(contains(list, part));
}

TEST_CASE("hostile text stays text") {
  const std::string attack =
      "</li></script><script>alert(1)</script><img src=x onerror='alert(1)'>\"&amp;{count}";
  PublicSample partner = association();
  partner["name"] = attack;
  partner["acronym"] = attack.substr(0, 40);
  partner["city"] = attack;
  partner["description"] = attack;
  partner["expertise"] = attack;
  partner["practices"] = attack;
  PageOptions options;
  options.site_name = attack;
  const std::string page = page_of({partner}, options);
  CHECK(occurrences(page, "<script") == occurrences(page_of({association()}), "<script"));
  CHECK_FALSE(contains(page, "<img"));
  CHECK(contains(page, "&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&quot;&amp;amp;{count}</a>"));
}

TEST_CASE("text in another language than the page's says which") {
  PublicSample partner = association();
  const std::string in_english = page_of({partner}, fragment());
  CHECK(occurrences(in_english, " lang=\"") == 1);
  const std::string in_latvian = page_of({partner}, in(OfficialLanguage::lv));
  for (const char* part :
       {" lang=\"en\">Calm Association</a>", "<abbr lang=\"en\">", "<span lang=\"en\">Rīga</span>",
        "<p lang=\"en\">What we do", "<dd lang=\"en\">Audits", "<ul lang=\"en\">"}) {
    CHECK(contains(in_latvian, part));
  }
  partner["language"] = "lv";
  CHECK_FALSE(contains(page_of({partner}, in(OfficialLanguage::lv)), " lang=\"en\""));
}

TEST_CASE("right-to-left text runs its own way") {
  PublicSample partner = association();
  partner["name"] = "منتدى (MEF)";
  partner["description"] = "منتدى الطاقة";
  CHECK(contains(page_of({partner}), " dir=\"auto\">منتدى (MEF)</a>"));
  CHECK(contains(page_of({partner}), "<p dir=\"auto\">"));
  partner["language"] = "ar";
  CHECK(contains(page_of({partner}), "<p lang=\"ar\" dir=\"rtl\">"));
}

TEST_CASE("the page speaks its language") {
  const std::string page = page_of({association()}, in(OfficialLanguage::lv));
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"lv\""));
  for (
      const char* part :
      {"<title>Asociētie partneri – Pilsētu mēru pakts</title>", "<b>1</b> partneris", "Latvija",
       "Pēdējās izmaiņas: <time datetime=\"2026-11-20\">2026. gada 20. novembris</time>",
       R"(data-zero="{count} partneru" data-one="{count} partneris" data-other="{count} partneri">1 partneris)"}) {
    CHECK(contains(page, part));
  }
}

TEST_CASE("style and script are the same in every language, and the policy allows them alone") {
  const std::string policy = content_security_policy();
  CHECK(policy.starts_with("default-src 'none'; style-src 'sha256-"));
  for (const auto language : {OfficialLanguage::en, OfficialLanguage::lv, OfficialLanguage::el}) {
    const std::string page = page_of({association()}, in(language));
    CHECK(contains(page, "content=\"" + policy + "\""));
    CHECK(contains(page, "<style>" + std::string(embedded::page_style) + "</style>"));
    for (const std::string_view script : {embedded::carry_script, embedded::page_script})
      CHECK(contains(page, "<script>" + std::string(script) + "</script>"));
  }
  CHECK(embedded::page_script.size() < 6500);
}

TEST_CASE("the same list makes the same bytes") {
  CHECK(page_of({association()}) == page_of({association()}));
}

TEST_CASE("a fragment is the section alone") {
  const std::string list = page_of({association()}, fragment());
  CHECK(list.starts_with("<section "));
  CHECK(list.ends_with("</section>\n"));
  for (const char* part : {"<html", "<head", "<body", "<style", "<script", "<input", "<main"}) {
    CHECK_FALSE(contains(list, part));
  }
  CHECK(contains(list, "<li id=\"AP-0031\""));
}

TEST_CASE("a page says at its beginning how many partners it has") {
  const std::vector<PublicSample> two = {association(), association()};
  CHECK(partners_on_page(page_of(two)) == 2);
  CHECK(partners_on_page(page_of(two, fragment())) == 2);
  CHECK(partners_on_page(page_of({})) == 0);
  CHECK(partners_on_page(page_of(two).substr(0, 512)) == 2);
  for (const char* other : {"", "<!DOCTYPE html>\n<html lang=\"en\">", "id,name\n data-partners=\"2\"",
                            "<section data-partners=\"", "<section data-partners=\"2"}) {
    CHECK_FALSE(partners_on_page(other));
  }
}

TEST_CASE("an empty list says so and has no controls") {
  const std::string page = page_of({});
  CHECK(contains(page, "There are no partners yet."));
  CHECK_FALSE(contains(page, "<search"));
  CHECK_FALSE(contains(page, "<ul class=\"partners"));
}

TEST_CASE("only what the summary counts is a whole list") {
  StringSink sink;
  const std::vector<PublicSample> one = {association()};
  CHECK_THROWS_AS(write_page({}, source_of(one, summary_of(2)), sink), Error);
}

TEST_CASE("only a long list is laid out piece by piece") {
  const auto opening = [](std::size_t count) {
    return page_of(std::vector<PublicSample>(count, association()), fragment());
  };
  CHECK(contains(opening(100), "<ul class=\"partners\">"));
  CHECK(contains(opening(101), "<ul class=\"partners long\">"));
}

TEST_CASE("letters lead into a list that is long, each to its first partner") {
  std::vector<PublicSample> partners(60, association());
  CHECK_FALSE(contains(page_of(partners), "class=\"letters\""));
  partners.push_back(association());
  partners.back()["name"] = "Zeta";
  partners.back()["id"] = "AP-0061";
  const std::string page = page_of(partners);
  CHECK(contains(page, "<li><a href=\"#AP-0031\">C</a></li>\n<li><a href=\"#AP-0061\">Z</a></li>\n</ul>"));
}

TEST_CASE("the description of a partner's page are its first words") {
  const PageOptions options;
  PublicSample partner = association();
  const auto summary = [&] {
    RecordData data(options, SiteFile::partner_page);
    const PublicTexts texts = partner.texts();
    data.is_about(texts);
    std::string found;
    data.each(page_names::number("partners"),
              [&] { found = data.value(page_names::number("summary", "partners")); });
    return found;
  };
  CHECK(summary() == "What we do");
  partner["description"] = "First line\n" + std::string(300, 'x');
  CHECK(summary() == "First line…");
  partner["description"].clear();
  for (int i = 0; i < 150; ++i) partner["description"] += "ž";
  CHECK(summary().ends_with("ž…"));
  CHECK(summary().size() <= 203);
  partner["description"].clear();
  CHECK(summary() == "Audits Courses");
}

TEST_CASE("the site's addresses are shown once they are known") {
  PageOptions options = in(OfficialLanguage::lv);
  CHECK_FALSE(contains(page_of({association()}, options), "rel=\"canonical\""));
  options.base_url = *WebUrl::parse("https://partners.example.org/list");
  options.languages = {OfficialLanguage::en, OfficialLanguage::lv};
  options.links.legal_notice = *LanguageUrl::parse("https://partners.example.org/legal?a&b");
  const std::string page = page_of({association()}, options);
  for (
      const char* part :
      {R"(<link rel="canonical" href="https://partners.example.org/list/partners.lv.html">)",
       R"(<link rel="alternate" hreflang="en" href="https://partners.example.org/list/partners.en.html">)",
       R"(<link rel="alternate" hreflang="x-default" href="https://partners.example.org/list/partners.en.html">)",
       R"(<a href="partners.en.html" lang="en" hreflang="en">English</a>)",
       R"(<a href="partners.lv.html" lang="lv" hreflang="lv" aria-current="page">latviešu</a>)",
       R"(<a href="https://partners.example.org/legal?a&amp;b">Juridiskā informācija</a>)"}) {
    CHECK(contains(page, part));
  }
}
