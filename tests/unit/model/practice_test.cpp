#include "core/model/practice.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

std::string refused(std::string_view line) {
  const auto parsed = Practice::parse(line);
  return parsed ? "" : std::string(code_of(parsed.problem().code));
}

}  // namespace

TEST_CASE("a practice is a title, with a URL or without") {
  const auto with_url = samples::parsed<Practice>("  Heat planner <https://example.org/heat> ");
  CHECK(with_url.title() == "Heat planner");
  REQUIRE(with_url.url());
  CHECK(with_url.url()->str() == "https://example.org/heat");
  CHECK(with_url.str() == "Heat planner <https://example.org/heat>");
  const auto alone = samples::parsed<Practice>("Heat <draft> planner\r");
  CHECK(alone.title() == "Heat <draft> planner");
  CHECK(!alone.url());
  CHECK(alone.str() == "Heat <draft> planner");
  CHECK(samples::parsed<Practice>("a > b <x> <https://bücher.example>").title() == "a > b <x>");
}

TEST_CASE("a line that ends like a practice with a URL has to be one") {
  for (const std::string_view line :
       {">", "<>", "Title <>", "Title <example.org>", "Title <https://>", "<https://example.org>",
        " <https://example.org>", "Title<https://example.org>", "Title https://example.org>", "a > b>",
        "Title <https://example.org> >", "Title <ftp://example.org>"}) {
    CAPTURE(line);
    CHECK(refused(line) == "practice");
  }
  CHECK(Practice::parse("Title <example.org>").problem().value == "Title <example.org>");
}

TEST_CASE("an address stands at the end, in angle brackets, and nowhere else") {
  const auto message = [](std::string_view line) { return Practice::parse(line).problem().message; };
  for (const std::string_view line :
       {"Guide <https://example.org/a>; Tool <https://example.org/b>", "[Guide](https://example.org)",
        "Guide https://example.org", "https://example.org", "Guide <HTTPS://example.org> (free)",
        "Guide (https://example.org)", "Guide ftp://example.org",
        "[Guide](http:example.org) <https://example.org>"}) {
    CAPTURE(line);
    CHECK(refused(line) == "practice");
    CHECK(Practice::parse(line, Strictness::stored).ok());
  }
  CHECK(message("Guide https://example.org") ==
        "'Guide https://example.org' has a bare URL; write 'Guide <https://example.org>'");
  CHECK(message("[Guide](https://example.org)") ==
        "'[Guide](https://example.org)' is not a practice; write 'Guide <https://example.org>'");
  CHECK(message("A <https://example.org/a>; B <https://example.org/b>")
            .ends_with("; write 'Title <URL>', one a line"));
  CHECK(refused("Heat: a guide") == "");
  CHECK(refused("Heat [draft] (http)") == "");
}

TEST_CASE("titles are texts") {
  const std::string longest(300, 'x');
  CHECK(refused("") == "too-short");
  CHECK(refused(longest + "x") == "too-long");
  CHECK(refused(longest + " <https://example.org>").empty());
  CHECK(refused(longest + "x <https://example.org>") == "too-long");
  CHECK(refused("a\x1b"
                "b") == "control-character");
  CHECK(refused("a\xFF") == "encoding");
  CHECK(refused("a\xFF <https://example.org>") == "encoding");
}

TEST_CASE("practices are one on a line") {
  const auto read = parse_practices("\nOne\r\n\n  Two <https://example.org/2>  \n \nThree\n");
  REQUIRE(read);
  CHECK(to_text(*read) == "One\nTwo <https://example.org/2>\nThree");
  CHECK(*parse_practices(to_text(*read)) == *read);
  CHECK(parse_practices("")->empty());
  CHECK(parse_practices(" \n\n")->empty());
  CHECK(to_text({}).empty());
}

TEST_CASE("there are at most a hundred practices") {
  std::string text;
  for (std::size_t i = 0; i < most_practices; ++i) text += "Tool " + std::to_string(i) + "\n";
  REQUIRE(parse_practices(text));
  CHECK(parse_practices(text)->size() == most_practices);
  const auto more = parse_practices(text + "One more");
  REQUIRE(!more);
  CHECK(more.problem().code == ProblemCode::practice);
  CHECK(more.problem().message == "too many practices; at most 100");
}

TEST_CASE("one bad line spoils the practices, and is named") {
  const auto bad = parse_practices("Good\nBad <x>\nGood too");
  REQUIRE(!bad);
  CHECK(bad.problem().code == ProblemCode::practice);
  CHECK(bad.problem().value == "Bad <x>");
}
