#include "core/text/json.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace covenant;

TEST_CASE("JSON gets its commas where they belong") {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("a", "x\"").member("n", std::int64_t{-7}).key("list").begin_array();
  json.value("1").value(std::int64_t{2}).null().begin_object().end_object().begin_array().end_array();
  json.end_array()
      .member_or_null("absent", std::nullopt)
      .member_or_null("there", "y")
      .key("raw")
      .raw("[1.5]");
  json.key("empty")
      .begin_array()
      .end_array()
      .key("inner")
      .begin_object()
      .member("b", "")
      .end_object()
      .end_object();
  CHECK(out ==
        R"({"a":"x\"","n":-7,"list":["1",2,null,{},[]],"absent":null,"there":"y","raw":[1.5],"empty":[],)"
        R"("inner":{"b":""}})");
}

TEST_CASE("a text with semicolons becomes an array of what is between them") {
  const auto array_of = [](std::string_view joined) {
    std::string out;
    JsonWriter(out).begin_array().array_of(joined).value("next").end_array();
    return out;
  };
  CHECK(array_of("") == R"([[],"next"])");
  CHECK(array_of("national") == R"([["national"],"next"])");
  CHECK(array_of("national;\"quoted\"") == R"([["national","\"quoted\""],"next"])");
}

TEST_CASE("JSON is appended to what is there") {
  std::string out = "before ";
  JsonWriter(out).begin_array().value("x").end_array();
  CHECK(out == "before [\"x\"]");
}
