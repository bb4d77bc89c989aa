#include "core/letters/plain_text.hpp"

#include <doctest/doctest.h>

#include "core/base/error.hpp"

using namespace covenant;

TEST_CASE("the text of a document follows from its elements") {
  const std::pair<std::string, std::string> table[] = {
      {"<p>one</p><p>two</p>", "one\n\ntwo\n"},
      {"<p>one\n  two<br>three <br></p>", "one two\nthree\n"},
      {"<p>a</p><ul><li>b</li><li>c</li></ul><h2>d</h2>", "a\n\n- b\n- c\n\nd\n"},
      {"<table><tr><th>a</th><td>b<br>c</td></tr><tr><th>d</th><td>e</td></tr></table>", "a: b\nc\nd: e\n"},
      {"<table><tr><td><p>a</p></td><td>b</td></tr></table>", "a\n\nb\n"},
      {"<p><a href=\"https://x.example/\">x</a>, <a href='https://y.example/'>https://y.example/</a></p>",
       "x <https://x.example/>, https://y.example/\n"},
      {"<p><a href=\"mailto:a@b.example\">a@b.example</a></p>", "a@b.example\n"},
      {"<style>p { color: red }</style><!-- <p> --><p>a<span "
       "aria-hidden=\"true\">b<span>c</span></span>d</p>",
       "ad\n"},
      {"<div data-part=\"html\"><div>a</div><p>b</p></div><p>c</p>", "c\n"},
      {"<p id=\"signature\">Office</p>", "-- \nOffice\n"},
      {"<p>&lt;a&gt; &amp; &#8220;b&#x201D;&nbsp;c</p>", "<a> & “b”\u00A0c\n"},
      {"<p>&gt; a<br>From b</p>", " > a\n From b\n"},
      {"<p></p><p> </p>", ""},
  };
  for (const auto& [html, text] : table) {
    const auto& shown = html;
    CAPTURE(shown);
    CHECK(text_of_html(html, "letter").body == text);
  }
}

TEST_CASE("long paragraphs are flowed, and the title is the subject") {
  const PlainText plain = text_of_html(
      "<title>A &amp;\n B </title><p>" + std::string(40, 'a') + " " + std::string(40, 'b') + "</p>",
      "letter");
  CHECK(plain.title == "A & B");
  CHECK(plain.body == std::string(40, 'a') + " \n" + std::string(40, 'b') + "\n");
}

TEST_CASE("a character reference that is not known is refused") {
  for (const char* text : {"<p>&eacute;</p>", "<p>&#0;</p>", "<p>&#xD800;</p>", "<p>&#x202E;</p>",
                           "<p>a & b</p>", "<p>&#99999999999;</p>", "<p>&</p>"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(text_of_html(text, "letter"), Error);
  }
}
