#include "core/output/html_text.hpp"

#include <doctest/doctest.h>

using namespace covenant;

namespace {

std::string filled(std::string_view message, std::initializer_list<Filling> fillings) {
  std::string out;
  append_message(out, message, fillings);
  return out;
}

}  // namespace

TEST_CASE("a message keeps its text as text and takes its fillings as HTML") {
  CHECK(filled("{count} & more", {{"count", "<b>3</b>"}}) == "<b>3</b> &amp; more");
  CHECK(filled("since: {date}", {{"date", "then"}}) == "since: then");
  CHECK(filled("{a}{b}{a}", {{"a", "1"}, {"b", "2"}}) == "121");
}

TEST_CASE("a message without its filling stays as it is") {
  for (const char* message : {"{other}", "{", "}", "{}", "a } b {", ""})
    CHECK(filled(message, {{"count", "3"}}) == message);
}
