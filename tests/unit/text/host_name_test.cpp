#include "core/text/host_name.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

using namespace covenant;

TEST_CASE("an international host name has two forms") {
  const auto name = parse_international_host("BÜCHER.Example");
  REQUIRE(name);
  CHECK(name->ascii == "xn--bcher-kva.example");
  CHECK(name->readable == "bücher.example");
  CHECK(parse_international_host("xn--bcher-kva.example")->readable == "bücher.example");
  CHECK(parse_international_host("faß.example")->ascii == "xn--fa-hia.example");
  CHECK(parse_international_host("ελλάδα.example")->readable == "ελλάδα.example");
  CHECK(parse_international_host("例。example")->ascii == "xn--fsq.example");
}

TEST_CASE("what is not an international host name is refused") {
  for (const std::string_view host :
       {"a..ü", ".ü", "-ü.example", "ü-.example", "xn--zzzzzz.example", "xn--", "ü_a.example", "a b.ü",
        "\xE2\x80\xAEü.example", "ü%41.example", "ü@a.example", "אa.example"}) {
    CAPTURE(host);
    CHECK(!parse_international_host(host));
  }
}

TEST_CASE("a host name is made of DNS labels") {
  const std::string label63(63, 'a');
  for (const std::string& host : {std::string("a"), std::string("localhost"), std::string("EXAMPLE.org"),
                                  std::string("a-b.c_d.x1"), std::string("example.org."), label63 + ".org"}) {
    CAPTURE(host);
    CHECK(is_ascii_host(host));
  }
  for (const std::string& host :
       {std::string(""), std::string("."), std::string("a..b"), std::string(".a"), std::string("a.."),
        std::string("-a.b"), std::string("a-.b"), std::string("a b"), std::string("a%41"), std::string("a,b"),
        label63 + "a.org", fmt::format("{0}.{0}.{0}.{0}", label63)}) {
    CAPTURE(host);
    CHECK(!is_ascii_host(host));
  }
}
