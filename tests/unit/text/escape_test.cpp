#include "core/text/escape.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace covenant;

namespace {

template <class Append>
std::string with(Append append, std::string_view text) {
  std::string out = "before ";
  append(out, text);
  REQUIRE(out.starts_with("before "));
  return out.substr(7);
}

std::string csv(std::string_view text, char delimiter = ',') {
  return with([&](std::string& out, std::string_view it) { append_csv(out, it, delimiter); }, text);
}

}  // namespace

TEST_CASE("a CSV field is quoted only where it has to be") {
  CHECK(csv("").empty());
  CHECK(csv("plain ā") == "plain ā");
  CHECK(csv("a;b\tc") == "a;b\tc");
  CHECK(csv("a,b") == "\"a,b\"");
  CHECK(csv("a,b", ';') == "a,b");
  CHECK(csv("a;b", ';') == "\"a;b\"");
  CHECK(csv("a\nb") == "\"a\nb\"");
  CHECK(csv("a\rb") == "\"a\rb\"");
  CHECK(csv("\"") == "\"\"\"\"");
  CHECK(csv("say \"x\", y") == "\"say \"\"x\"\", y\"");
  CHECK(csv(" a") == "\" a\"");
  CHECK(csv("a ") == "\"a \"");
}

TEST_CASE("a cell of a tab-separated list stays on its line") {
  CHECK(with(append_tsv, "a\tb\nc\rd\\e") == "a\\tb\\nc\\rd\\\\e");
  CHECK(with(append_tsv, "ā, \"b\"") == "ā, \"b\"");
}

TEST_CASE("JSON strings are escaped as RFC 8785 has it") {
  CHECK(with(append_json, "") == "\"\"");
  CHECK(with(append_json, "\b\t\n\f\r\"\\") == R"("\b\t\n\f\r\"\\")");
  CHECK(with(append_json, std::string_view("a\0b\x1f\x7f", 5)) == "\"a\\u0000b\\u001f\x7f\"");
  CHECK(with(append_json, "€/ā\xE2\x80\xA8") == "\"€/ā\xE2\x80\xA8\"");
}

TEST_CASE("HTML text cannot leave its place") {
  CHECK(with(append_html, "a<b> & \"c\" 'd'") == "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
  CHECK(with(append_html, "ā &amp;") == "ā &amp;amp;");
}

TEST_CASE("what a spreadsheet would run is found, behind any number of apostrophes") {
  for (const std::string_view cell : {"=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "＝1", "＋1", "－1", "＠a",
                                      "'=1", "'''=1", "'＠", "="}) {
    CAPTURE(cell);
    CHECK(is_formula_like(cell));
  }
  for (const std::string_view cell :
       {"", "'", "''", "a=1", " =1", "1-2", "'s-Hertogenbosch", "\"=1", "ā=", "\xEF"}) {
    CAPTURE(cell);
    CHECK(!is_formula_like(cell));
  }
}

TEST_CASE("nothing that drives a terminal goes to it") {
  CHECK(for_terminal("plain, ā 地方 🌍 \xE2\x80\x8D") == "plain, ā 地方 🌍 \xE2\x80\x8D");
  CHECK(for_terminal("\x1b[31mred") == "\\x1b[31mred");
  CHECK(for_terminal(std::string_view("a\0b\n\t\r\x7f", 7)) == "a\\x00b\\x0a\\x09\\x0d\\x7f");
  CHECK(for_terminal("\xC2\x9B"
                     "31m") == "\\x9b31m");
  CHECK(for_terminal("a\xE2\x80\xAE"
                     "b\xE2\x81\xA6") == "a\\u202eb\\u2066");
  CHECK(for_terminal("\xE2\x80\xA8\xE2\x80\xA9") == "\\u2028\\u2029");
  CHECK(for_terminal("a\xFF"
                     "b\xC3") == "a\\xffb\\xc3");
  CHECK(for_terminal("\xC3\x28") == "\\xc3(");
}

TEST_CASE("a message shows the first sixty characters of a value") {
  const std::string whole(60, 'x');
  CHECK(in_quotes("") == "''");
  CHECK(in_quotes(whole) == "'" + whole + "'");
  CHECK(in_quotes(whole + "yz") == "'" + whole + "…'");
  CHECK(in_brief(whole + "y") == whole + "…");
  CHECK(in_quotes("a\x1b") == "'a\\u{1B}'");
  CHECK(in_quotes("AP-0001\u200B \u2013 b\xFF") == "'AP-0001\\u{200B} \u2013 b\\xff'");
  CHECK(revealed_in_quotes(whole + "y") == "'" + whole + "…'");
  CHECK(revealed_in_quotes("a\u200B") == "'a\\u{200B}'");
}

TEST_CASE("a value is cut between characters, and each byte that is none counts as one") {
  std::string long_name;
  for (int i = 0; i < 61; ++i) long_name += "方";
  CHECK(in_brief(long_name) == long_name.substr(0, 180) + "…");
  CHECK(in_brief(std::string(59, 'x') + "\xE6\x96") == std::string(59, 'x') + "\\xe6…");
}

TEST_CASE("what was refused is shown with everything that nobody sees") {
  CHECK(revealed("plain - text") == "plain - text");
  CHECK(revealed("a\u200Bb\u00A0c\u2013d") == "a\\u{200B}b\\u{A0}c\\u{2013}d");
  CHECK(revealed("a\nb\x1b\u202E") == "a\\u{0A}b\\u{1B}\\u{202E}");
  CHECK(revealed("\U000E0041\u2800\u3164\uFFFF\u2028") == "\\u{E0041}\\u{2800}\\u{3164}\\u{FFFF}\\u{2028}");
  CHECK(revealed("Rīga é\u0301") == "Rīga é\u0301");
  CHECK(revealed("F\xE9"
                 "d") == "F\\xe9d");
}
