#include "core/template/template.hpp"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/sink.hpp"

using namespace covenant;

namespace {

constexpr std::array<TemplateName, 8> names = {{
    {"title", NameKind::text},
    {"home", NameKind::url},
    {"style", NameKind::element},
    {"rows", NameKind::section},
    {"name", NameKind::text, "rows"},
    {"website", NameKind::url, "rows"},
    {"tools", NameKind::section, "rows"},
    {"name", NameKind::text, "tools"},
}};

struct Row {
  std::string name, website;
  std::vector<std::string> tools;
};

class Data : public TemplateData {
 public:
  explicit Data(std::vector<Row> rows, std::string title = "A & B")
      : title_(std::move(title)), rows_(std::move(rows)) {}

  std::string_view value(std::size_t name) override {
    switch (name) {
      case 0:
        return title_;
      case 1:
        return "https://example.org/?a=1&b=2";
      case 2:
        return "<style>p{}</style>";
      case 4:
        return row_->name;
      case 5:
        return row_->website;
      default:
        return *tool_;
    }
  }
  bool has_rows(std::size_t section) override { return section == 3 ? !rows_.empty() : !row_->tools.empty(); }
  void each(std::size_t section, const std::function<void()>& row) override {
    if (section == 3) {
      for (const Row& next : rows_) {
        row_ = &next;
        row();
      }
    } else {
      for (const std::string& next : row_->tools) {
        tool_ = &next;
        row();
      }
    }
  }

 private:
  std::string title_;
  std::vector<Row> rows_;
  const Row* row_ = nullptr;
  const std::string* tool_ = nullptr;
};

std::string written(std::string_view text, std::vector<Row> rows = {}, std::string title = "A & B") {
  Data data(std::move(rows), std::move(title));
  StringSink sink;
  Template(text, "t", names).write(data, sink);
  return sink.text();
}

std::string refusal(std::string_view text) {
  try {
    Template(text, "t", names);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    return error.what();
  }
  return "accepted";
}

const std::vector<Row> two = {{"One <1>", "https://one.example.org/", {"x", "y"}}, {"Two", "", {}}};

}  // namespace

TEST_CASE("a template is written with its values escaped") {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"plain", "plain"},
      {"<p>{{title}}</p>", "<p>A &amp; B</p>"},
      {"<p>{{ title }}{{! no one reads this }}</p>", "<p>A &amp; B</p>"},
      {"<title>{{title}}</title><textarea>{{title}}</textarea>",
       "<title>A &amp; B</title><textarea>A &amp; B</textarea>"},
      {"<a href=\"{{home}}\" title='{{title}}'>x</a>",
       "<a href=\"https://example.org/?a=1&amp;b=2\" title='A &amp; B'>x</a>"},
      {"<a href=\"{{home}}#x\">x</a>", "<a href=\"https://example.org/?a=1&amp;b=2#x\">x</a>"},
      {"<a href=\"#{{title}}\">x</a>", "<a href=\"#A%20%26%20B\">x</a>"},
      {"<a href='/find?q={{title}}&amp;u={{home}}'>x</a>",
       "<a href='/find?q=A%20%26%20B&amp;u=https%3A%2F%2Fexample.org%2F%3Fa%3D1%26b%3D2'>x</a>"},
      {"<a href='mailto:{{title}}'>x</a>", "<a href='mailto:A%20%26%20B'>x</a>"},
      {"<a href='https://x.example.org/{{title}}'>x</a>",
       "<a href='https://x.example.org/A%20%26%20B'>x</a>"},
      {"<link rel=\"canonical\" href=\"{{home}}\">",
       "<link rel=\"canonical\" href=\"https://example.org/?a=1&amp;b=2\">"},
      {"<meta name=\"description\" content=\"{{title}}\">",
       "<meta name=\"description\" content=\"A &amp; B\">"},
      {"{{> style}}<p>", "<style>p{}</style><p>"},
      {"<x-list title='{{title}}' data-any='{{title}}'></x-list>",
       "<x-list title='A &amp; B' data-any='A &amp; B'></x-list>"},
      {"<svg class='{{title}}'><circle aria-label='{{title}}'/></svg>",
       "<svg class='A &amp; B'><circle aria-label='A &amp; B'/></svg>"},
      {"<td colspan='{{title}}'><ol start='{{title}}'>", "<td colspan='A &amp; B'><ol start='A &amp; B'>"},
      {"{{#rows}}<li>{{name}}{{#website}} <a href=\"{{website}}\">w</a>{{/website}}{{^website}} "
       "-{{/website}}\n{{/rows}}",
       "<li>One &lt;1&gt; <a href=\"https://one.example.org/\">w</a>\n<li>Two -\n"},
      {"{{#rows}}{{name}}:{{#tools}}{{name}},{{/tools}}{{^tools}}none{{/tools}};{{/rows}}",
       "One &lt;1&gt;:x,y,;Two:none;"},
      {"{{^rows}}nobody{{/rows}}", ""},
      {"<ul{{#title}} title=\"{{title}}\"{{/title}}><li class='{{#rows}}{{name}} {{/rows}}'></ul>",
       "<ul title=\"A &amp; B\"><li class='One &lt;1&gt; Two '></ul>"},
      {"<input disabled {{#title}}title='{{title}}' {{/title}}>", "<input disabled title='A &amp; B' >"},
      {"<script>if (a < b && c[0]) {}</script><style>a{b{}}</style>{{title}}",
       "<script>if (a < b && c[0]) {}</script><style>a{b{}}</style>A &amp; B"},
      {"<!-- {a} --><!DOCTYPE html>{{title}}", "<!-- {a} --><!DOCTYPE html>A &amp; B"},
      {"<svg viewBox='0 0 1 1'><path d='M0 0'/></svg><svg/>{{title}}<svg><desc>{{title}}</desc></svg>",
       "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg><svg/>A &amp; B<svg><desc>A &amp; B</desc></svg>"},
  };
  for (const auto& [text, expected] : table) {
    const auto& shown = text;
    CAPTURE(shown);
    CHECK(written(text, two) == expected);
  }
  CHECK(written("{{^rows}}nobody{{/rows}}{{#rows}}x{{/rows}}") == "nobody");
}

TEST_CASE("a line with nothing but a section's tag or a remark leaves no line behind") {
  CHECK(written("<ul>\n  {{#rows}}\n  <li>{{name}}\n  {{/rows}}\n</ul>\n{{! end }}\n", two) ==
        "<ul>\n  <li>One &lt;1&gt;\n  <li>Two\n</ul>\n");
  CHECK(written("{{#rows}}\r\nx\r\n{{/rows}}\r\ny", two) == "x\r\nx\r\ny");
  CHECK(written("{{#rows}}{{#tools}}\nx{{/tools}}\n{{/rows}}", two) == "\nx\nx\n\n");
}

TEST_CASE("what a template may not say is refused where it is") {
  const std::vector<std::pair<std::string, std::string>> table = {
      // names
      {"<p>{{titel}}",
       "t:1:4: 'titel' is unknown; did you mean 'title'? known here: home, rows, style, title"},
      {"{{#rows}}\n{{#tools}}{{nme}}",
       "t:2:11: 'nme' is unknown; did you mean 'name'? known here: home, name, rows, style, title, tools, "
       "website"},
      {"é{{name}}", "t:1:2: 'name' is unknown; known here: home, rows, style, title"},
      {"{{#title}}{{name}}{{/title}}", "'name' is unknown"},
      {"{{rows}}", "t:1:1: 'rows' is a section: write {{#rows}}…{{/rows}}"},
      {"{{> title}}", "'title' is a value: write {{title}}"},
      {"{{style}}", "'style' is an element: write {{> style}}"},
      {"{{#style}}", "'style' is an element, not a section"},
      // braces
      {"<p>\n {{title", "t:2:2: '{{' without '}}'"},
      {"{{{title}}}", "values are always escaped: write {{name}}"},
      {"{{& title}}", "values are always escaped"},
      {"{{=<% %>=}}", "the braces cannot be changed"},
      {"{{}}", "a name has only the letters a to z"},
      {"{{Title}}", "a name has only the letters a to z"},
      {"{{title.x}}", "a name has only the letters a to z"},
      // sections
      {"{{#rows}}", "t:1:1: 'rows' is not closed; add '{{/rows}}'"},
      {"{{/rows}}", "no section is open that 'rows' could close"},
      {"{{#rows}}{{#tools}}{{/rows}}", "t:1:20: the section 'tools' must be closed before 'rows'"},
      {"{{#rows}}{{#rows}}{{/rows}}{{/rows}}", "the section 'rows' is already open"},
      {"{{#rows}}<p {{/rows}}", "the section 'rows' ends in another place of the document than it began"},
      {"<a href=\"{{#rows}}{{website}}{{/rows}}\">", "ends in another place"},
      {"<a {{#title}}title='x'{{/title}}>", "ends in another place"},
      {"<a {{#title}}on{{/title}}click='{{title}}'>", "ends in another place"},
      {"<a{{#title}} on{{/title}}click='{{title}}'>", "a blank must precede the next attribute"},
      {"{{#rows}}<svg>{{/rows}}", "ends in another place"},
      {"<scr{{#rows}}x{{/rows}}ipt>", "a blank must precede the next attribute"},
      {"<script>{{#rows}}{{/rows}}</script>", "a section may not begin or end in a script"},
      {"<!--{{#rows}}{{/rows}}-->", "a section may not begin or end in a comment"},
      {"<a title={{#title}}x{{/title}}>", "a section may not begin or end in an attribute without quotes"},
      // where no value may be
      {"<script>var x = \"{{title}}\";</script>", "t:1:18: a value cannot be used in a script"},
      {"<SCRIPT\n>{{title}}", "a value cannot be used in a script"},
      {"<script type='application/ld+json'>{{title}}</script>", "a value cannot be used in a script"},
      {"<script></scriptx>{{title}}", "a value cannot be used in a script"},
      {"<style>{{title}}</style>", "a value cannot be used in a style"},
      {"<!-- {{title}} -->", "a value cannot be used in a comment"},
      {"<!-- --!{{title}}", "a value cannot be used in a comment"},
      {"<!DOCTYPE {{title}}>", "a value cannot be used in a declaration"},
      {"<{{title}}>", "a value cannot be used in the name of a tag"},
      {"</{{title}}>", "a value cannot be used in the name of a tag"},
      {"<p{{title}}>", "a value cannot be used in the name of a tag"},
      {"<p {{title}}>", "a value cannot be used between the attributes of a tag"},
      {"<p a{{title}}='x'>", "a value cannot be used in the name of an attribute"},
      {"<p title={{title}}>", "a value cannot be used in an attribute without quotes; write title=\"…\""},
      {"<p title=x{{title}}>", "a value cannot be used in an attribute without quotes"},
      {"<p onclick=\"{{title}}\">", "a value cannot be used in the attribute 'onclick'"},
      {"<p OnClick=\"x('{{title}}')\">", "a value cannot be used in the attribute 'onclick'"},
      {"<p style=\"color: {{title}}\">", "a value cannot be used in the attribute 'style'"},
      {"<iframe srcdoc=\"{{title}}\">", "a value cannot be used in the attribute 'srcdoc'"},
      {"<img srcset=\"{{home}} 2x\">", "a value cannot be used in the attribute 'srcset'"},
      {"<link rel=preload imagesrcset='{{home}}'>", "a value cannot be used in the attribute 'imagesrcset'"},
      {"<link rel=\"{{title}}\">", "a value cannot be used in the attribute 'rel'"},
      {"<a target='{{title}}'>", "a value cannot be used in the attribute 'target'"},
      {"<script src=\"{{home}}\">", "a value cannot be used in the attribute 'src' of <script>"},
      {"<base href=\"{{home}}\">", "a value cannot be used in the attribute 'href' of <base>"},
      {"<link rel=stylesheet href='{{home}}'>", "an address in <link> needs a rel before it"},
      {"<link href='{{home}}' rel=canonical>", "an address in <link> needs a rel before it"},
      {"<link rel='canonical stylesheet' href='{{home}}'>", "an address in <link> needs a rel before it"},
      {"<meta http-equiv=refresh content='0;url={{home}}'>", "a value cannot be used in a <meta http-equiv>"},
      {"<meta content='{{home}}' http-equiv=refresh>", "a value cannot be used in a <meta http-equiv>"},
      {"<svg><a xlink:href='{{home}}'>", "of a picture or formula"},
      {"<svg><a href='{{home}}'>", "of a picture or formula"},
      {"<svg><set attributeName='href' to='{{title}}'>", "'to' of <set>"},
      {"<svg fill='url({{home}})'>", "of a picture or formula"},
      {"<p fscommand='{{title}}'>", "a value cannot be used in the attribute 'fscommand' of <p>"},
      {"<p xmlns='{{title}}'>", "a value cannot be used in the attribute 'xmlns' of <p>"},
      {"<p newattribute='{{title}}'>", "a value cannot be used in the attribute 'newattribute' of <p>"},
      {"<p href='{{home}}'>", "a value cannot be used in the attribute 'href' of <p>"},
      {"<input type='{{title}}'>", "a value cannot be used in the attribute 'type' of <input>"},
      {"<img data='{{home}}'>", "a value cannot be used in the attribute 'data' of <img>"},
      {"<p classx='{{title}}'>", "a value cannot be used in the attribute 'classx' of <p>"},
      {"<p dat-x='{{title}}'>", "a value cannot be used in the attribute 'dat-x' of <p>"},
      {"<svg><path d='{{title}}'>", "'d' of <path>, part of a picture or formula"},
      {"</p title='{{title}}'>", "a value cannot be used in an end tag"},
      // addresses
      {"<a href=\"{{title}}\">", "an address may begin only with a url, and 'href' is one"},
      {"<a href=\" {{home}}\">", "a value can be used in an address only after its host"},
      {"<a href='javascript:{{title}}'>", "a value can be used in an address only after its host"},
      {"<a href='java{{title}}:x'>", "a value can be used in an address only after its host"},
      {"<a href='java&#115;cript&colon;{{title}}'>", "a value can be used in an address only after its host"},
      {"<a href='data:text/html,{{title}}'>", "a value can be used in an address only after its host"},
      {"<a href='https://{{title}}/'>", "a value can be used in an address only after its host"},
      {"<a href='https://user@{{title}}/'>", "a value can be used in an address only after its host"},
      {"<a href='//{{title}}/'>", "a value can be used in an address only after its host"},
      {"<a href='/\\{{title}}/'>", "a value can be used in an address only after its host"},
      {"<button formaction='{{title}}'>", "an address may begin only with a url, and 'formaction' is one"},
      {"<video poster='{{title}}'>", "an address may begin only with a url, and 'poster' is one"},
      {"<a ping='{{title}}'>", "an address may begin only with a url, and 'ping' is one"},
      // elements
      {"<p title='{{> style}}'>", "whole elements cannot be used in the attribute 'title'"},
      {"<title>{{> style}}", "whole elements cannot be used in the text of <title>"},
      {"<svg>{{> style}}", "whole elements cannot be used within <svg>"},
      // what browsers read in more than one way
      {"<noscript>", "<noscript> cannot be used in a template"},
      {"<xmp>", "<xmp> cannot be used in a template"},
      {"<plaintext>", "<plaintext> cannot be used in a template"},
      {"<iframe>", "<iframe> cannot be used in a template"},
      {"<object>", "<object> cannot be used in a template"},
      {"<template>", "<template> cannot be used in a template"},
      {"<image>", "<image> cannot be used in a template"},
      {"<newelement>", "<newelement> cannot be used in a template"},
      {"<circle>", "<circle> cannot be used in a template"},
      {"<svg><p>", "<p> cannot be used in a picture or formula"},
      {"<svg><foreignobject>", "<foreignobject> cannot be used in a picture or formula"},
      {"<math><annotation-xml>", "<annotation-xml> cannot be used in a picture or formula"},
      {"<svg><style>", "<style> cannot be used within <svg>"},
      {"<math></svg>", "</svg> ends no <svg> here"},
      {"<select><title>", "<title> cannot be used within <select>"},
      {"<script><!--<script></script>{{title}}", "'<!--' changes how browsers read a script"},
      {"<title><b onclick='{{title}}'>", "'<' is written &lt; within <title>"},
      {"<![CDATA[ ]]>", "'<!' begins a comment"},
      {"<?php ?>", "'<' begins a tag; as a character it is written &lt;"},
      {"a < b", "'<' begins a tag; as a character it is written &lt;"},
      {"<a title=>", "the attribute 'title' has no value after its '='"},
      {"<a title=x\"y>", "put the value of 'title' in quotes"},
      {"<a \"b\">", "an attribute's name has no such character"},
      {"<a title=\"x\"class=\"y\">", "t:1:13: a blank must precede the next attribute"},
      {"<p", "the template ends in the name of a tag"},
      {"<p title=\"", "the template ends in the attribute 'title'"},
      {"<!--", "the template ends in a comment"},
      {"<script>", "the template ends in a script"},
      // bytes
      {"a\xFF", "t:1:2: this is not UTF-8"},
      {std::string("a\0b", 3), "t:1:2: a template has no zero bytes"},
  };
  for (const auto& [text, reason] : table) {
    const auto& shown = text;
    CAPTURE(shown);
    const std::string said = refusal(text);
    CHECK_MESSAGE(said.find(reason) != std::string::npos, said);
  }
}

TEST_CASE("sections are not nested without end") {
  std::string text;
  for (int i = 0; i < 33; ++i) text += "{{#title}}";
  CHECK(refusal(text) == "t:1:321: sections are at most 32 deep");
}

TEST_CASE("an address that is none is never written") {
  for (const char* url :
       {"javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x", " javascript:x"}) {
    CAPTURE(url);
    CHECK_THROWS_AS(written("{{#rows}}<a href='{{website}}'>x</a>{{/rows}}", {{"x", url, {}}}), Error);
  }
}

namespace {

/// The tags of a document and the names of their attributes, quoted values left out.
std::string skeleton(std::string_view html) {
  std::string out;
  bool in_tag = false;
  char quote = 0;
  for (const char byte : html) {
    if (quote != 0) {
      if (byte == quote) quote = 0;
    } else if (in_tag && (byte == '"' || byte == '\'')) {
      quote = byte;
    } else {
      if (byte == '<') in_tag = true;
      if (in_tag) out += byte;
      if (byte == '>') in_tag = false;
    }
  }
  return out;
}

}  // namespace

TEST_CASE("hostile values change no element and no attribute") {
  constexpr std::string_view text =
      "<title>{{title}}</title><p title=\"{{title}}\" "
      "lang='{{title}}'>{{title}}</p><textarea>{{title}}</textarea>"
      "<a href='#{{title}}' data-x=\"{{title}}\">{{title}}</a>";
  const std::string plain = skeleton(written(text, {}, "x"));
  const std::vector<std::string> pieces = {
      "<",        ">",           "\"",       "'",        "&",   "`",     "=",         " ",   "\n",
      "</title>", "</textarea>", "<script>", "onload=x", "-->", "&#39;", "{{title}}", "]]>", "\xE2\x80\xA8"};
  for (const std::string& a : pieces) {
    for (const std::string& b : pieces) {
      for (const std::string& c : {std::string(), std::string("x"), std::string("/>")}) {
        std::string value = a;
        value.append(b).append(c);
        CAPTURE(value);
        CHECK(skeleton(written(text, {}, value)) == plain);
      }
    }
  }
}
