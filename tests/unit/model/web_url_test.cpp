#include "core/model/web_url.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

std::string refused(std::string_view text) {
  const auto parsed = WebUrl::parse(text);
  if (parsed) return "";
  CHECK(parsed.problem().value == text);
  return std::string(code_of(parsed.problem().code));
}

}  // namespace

TEST_CASE("absolute http and https URLs are kept as they are") {
  for (const std::string_view text : {
           "https://example.org",
           "http://example.org/",
           "https://www.example.org/a/b.html?x=1&y=2#z",
           "HTTP://EXAMPLE.org/Path",
           "https://example.org:8443/",
           "https://example.org:/",
           "https://example.org.",
           "https://a_b.example.org/~x/;p=1,(2)'*!$",
           "https://example.org?q",
           "https://example.org#f",
           "https://example.org/%C4%81%20b",
           "https://example.org//double//",
           "https://example.org/@user:name",
           "https://192.0.2.1/x",
           "https://192.0.2.1./x",
           "https://1.2.3/",
           "https://0x7f.1/",
           "https://017700000001/",
           "https://[2001:db8::1]:8080/x",
           "https://example.org/ā/地方?q=ē#ū",
           "https://123.example/",
           "https://r3---sn.example.org/",
       }) {
    CAPTURE(text);
    REQUIRE(WebUrl::parse(text).ok());
    CHECK(WebUrl::parse(text)->str() == text);
  }
  CHECK(samples::parsed<WebUrl>(" https://example.org/ \n").str() == "https://example.org/");
}

TEST_CASE("international host names are kept in their readable form") {
  const std::pair<std::string_view, std::string_view> forms[] = {
      {"https://bücher.example/x", "https://bücher.example/x"},
      {"https://BÜCHER.example:81/X?ā#b", "https://bücher.example:81/X?ā#b"},
      {"https://xn--bcher-kva.example/XN--", "https://bücher.example/XN--"},
      {"https://XN--BCHER-KVA.example", "https://bücher.example"},
      {"https://www.ελλάδα.example?x", "https://www.ελλάδα.example?x"},
      {"https://bu\xCC\x88"
       "cher.example/",
       "https://bücher.example/"},
      {"https://例。example/", "https://例.example/"},
      {"https://bücher.example./", "https://bücher.example./"},
  };
  for (const auto& [given, kept] : forms) {
    const auto& shown = given;
    CAPTURE(shown);
    REQUIRE(WebUrl::parse(given).ok());
    CHECK(WebUrl::parse(given)->str() == kept);
    CHECK(WebUrl::parse(kept)->str() == kept);
  }
}

TEST_CASE("what is not an absolute http or https URL is refused") {
  for (const std::string_view text : {
           "",
           " ",
           "example.org",
           "www.example.org/",
           "//example.org/",
           "/path",
           "ftp://example.org/",
           "mailto:office@example.org",
           "javascript:alert(1)",
           "data:text/html,x",
           "https:example.org",
           "https:/example.org",
           "https//example.org",
           "https://",
           "https:///path",
           "https://?q",
           "https://#f",
           "https://:80/",
           "http s://example.org",
           "https://user@example.org/",
           "https://user:secret@example.org/",
           "https://@example.org/",
           "https://bücher:x@example.org/",
           "https://example.org:0/",
           "https://example.org:65536/",
           "https://example.org:99999999999/",
           "https://example.org:8o/",
           "https://example.org:-1/",
           "https://exa mple.org/",
           "https://example.org/a b",
           "https://example.org/<b>",
           "https://example.org/\"",
           "https://example.org/{x}",
           "https://example.org/a|b",
           "https://example.org/a\\b",
           "https://example.org\\@evil.example/",
           "https://example.org/^`",
           "https://example.org/%",
           "https://example.org/%4",
           "https://example.org/%zz",
           "https://example.org/[x]",
           "https://example.org/#a#b",
           "https://ex%61mple.org/",
           "https://a..b/",
           "https://.example.org/",
           "https://example.org../",
           "https://-a.example/",
           "https://a-.example/",
           "https://1.2.3.4.5/",
           "https://256.1.1.1/",
           "https://example.123/",
           "https://example.123./",
           "https://[::1/",
           "https://[::g]/",
           "https://[v1.x]/",
           "https://[::1]x/",
           "https://xn--zzzzzz.example/",
           "https://ü..example/",
           "https://ü_b.example/",
           "https://exa,mple.org/",
           "https://example.org, https://example.com",
       }) {
    CAPTURE(text);
    CHECK(refused(text) == "url");
  }
  CHECK(refused("https://" + std::string(64, 'a') + ".org/") == "url");
}

TEST_CASE("a host that leads nowhere is refused, and was once kept") {
  for (const std::string_view text :
       {"https://https://u1.example.org/", "http://http//u2.example.org/", "https://www", "https://u4",
        "https://localhost/x", "https://WWW/", "https://https:443/", "https://www./", "https://http./",
        "https://bücher/", "https://example.0x1f/", "https://1.2.3.0x100/", "https://exa\u00ADmple.org/",
        "https://example.org/\u200B", "https://example.org/a\u2060b?x", "https://\u200Bexample.org",
        "https://example.org/#\U000E0041"}) {
    CAPTURE(text);
    CHECK(refused(text) == "url");
    CHECK(WebUrl::parse(text, Strictness::stored).ok());
  }
  for (const std::string_view text : {"https://1.2.3.256/", "https://1.2.3.08/", "https://1.2.65536/",
                                      "https://4294967296/", "https://256.1/", "https://1..2/"})
    CHECK(refused(text) == "url");
  const auto why = [](std::string_view text) { return WebUrl::parse(text).problem().message; };
  CHECK(why("https://https://u1.example.org/") ==
        "'https://https://u1.example.org/' is not a URL; 'https' is written twice");
  CHECK(why("https://www") == "'https://www' is not a URL; its host 'www' is not a whole name");
  CHECK(why("https://a\u200Bb.example.org") ==
        "'https://a\\u{200B}b.example.org' contains an invisible character; remove it");
}

TEST_CASE("URLs have other problems as every text has") {
  CHECK(refused("https://example.org/\xFF") == "encoding");
  CHECK(refused("https://example.org/\x01x") == "control-character");
  CHECK(refused("https://example.org/a\nb") == "control-character");
  CHECK(refused("https://example.org/\xE2\x80\xAEx") == "control-character");
  const std::string start = "https://example.org/";
  CHECK(refused(start + std::string(2048 - start.size(), 'a')).empty());
  CHECK(refused(start + std::string(2049 - start.size(), 'a')) == "too-long");
}

TEST_CASE("a wrong character at any place of the host is refused") {
  const std::string_view text = "https://example.org/";
  for (std::size_t place = 8; place + 1 < text.size(); ++place) {
    for (const char wrong :
         {' ', '<', '"', '%', '\\', '^', '{', '@', '[', ',', '!', '*', '+', '=', ';', '\'', '('}) {
      std::string broken(text);
      broken[place] = wrong;
      CAPTURE(broken);
      CHECK(refused(broken) == "url");
    }
  }
}

TEST_CASE("the message names the value and why it is refused") {
  CHECK(WebUrl::parse("www.example.org").problem().message ==
        "'www.example.org' is not a URL; did you mean 'https://www.example.org'?");
  CHECK(WebUrl::parse("ftp://example.org").problem().message ==
        "'ftp://example.org' is not a URL; it does not begin with http:// or https://");
  CHECK(WebUrl::parse("an example.").problem().message ==
        "'an example.' is not a URL; it does not begin with http:// or https://");
  CHECK(WebUrl::parse("https://u@example.org").problem().message.ends_with("it has user information"));
  CHECK(WebUrl::parse("https://example.org:0")
            .problem()
            .message.ends_with("its port is not a number from 1 to 65535"));
}

TEST_CASE("hosts are compared without case, www and a trailing dot") {
  const auto key = [](std::string_view text) { return samples::parsed<WebUrl>(text).host_key(); };
  CHECK(key("https://example.org/") == "example.org");
  CHECK(key("http://WWW.Example.ORG.:8080/x?y") == "example.org");
  CHECK(key("https://www.bücher.example/") == "xn--bcher-kva.example");
  CHECK(key("https://xn--bcher-kva.example") == "xn--bcher-kva.example");
  CHECK(key("https://BÜCHER.example.?x") == "xn--bcher-kva.example");
  CHECK(key("https://www2.example.org") == "www2.example.org");
  CHECK(key("https://wwwexample.org") == "wwwexample.org");
  CHECK(key("https://[2001:DB8::1]:80/") == "[2001:db8::1]");
  CHECK(key("https://192.0.2.1") == "192.0.2.1");
}
