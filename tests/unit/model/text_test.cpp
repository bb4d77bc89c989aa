#include "core/model/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace covenant;

namespace {

constexpr TextRule one_line{2, 10, Lines::one};
constexpr TextRule lines{1, 40, Lines::many};

std::string kept(std::string_view text, const TextRule& rule) {
  auto parsed = parse_text(text, rule);
  return parsed ? *std::move(parsed) : "! " + std::string(code_of(parsed.problem().code));
}

}  // namespace

TEST_CASE("texts are kept, trimmed and composed") {
  CHECK(kept("plain", one_line) == "plain");
  CHECK(kept("  a b  ", one_line) == "a b");
  CHECK(kept("\t\r\nab\n", one_line) == "ab");
  CHECK(kept("\xC2\xA0\xE2\x80\x83Rīga\xE3\x80\x80\xC2\x85", one_line) == "Rīga");
  CHECK(kept("Ri\xCC\x84ga", one_line) == "Rīga");
  CHECK(kept("one\ntwo\r\nthree", lines) == "one\ntwo\r\nthree");
  CHECK(kept("ō\ntwo\r\n", lines) == "ō\ntwo");
  CHECK(kept("\xE2\x80\x8Fا\xE2\x80\x8Dب", one_line) == "\xE2\x80\x8Fا\xE2\x80\x8Dب");  // RLM and ZWJ
}

TEST_CASE("lengths are those of the characters that are kept") {
  CHECK(kept("a", one_line) == "! too-short");
  CHECK(kept(" a ", one_line) == "! too-short");
  CHECK(kept("", one_line) == "! too-short");
  CHECK(kept("āb", one_line) == "āb");
  CHECK(kept("āāāāāāāāāā", one_line) == "āāāāāāāāāā");
  CHECK(kept("a\xCC\x84"
             "a\xCC\x84"
             "a\xCC\x84"
             "a\xCC\x84"
             "a\xCC\x84"
             "a\xCC\x84",
             one_line) == "āāāāāā");
  CHECK(kept("0123456789", one_line) == "0123456789");
  CHECK(kept(" 0123456789 ", one_line) == "0123456789");
  CHECK(kept("0123456789x", one_line) == "! too-long");
  CHECK(kept("āāāāāāāāāāā", one_line) == "! too-long");
  CHECK(kept("🌍🌍🌍🌍🌍🌍🌍🌍🌍🌍", one_line) == "🌍🌍🌍🌍🌍🌍🌍🌍🌍🌍");
}

TEST_CASE("control characters are refused wherever they are") {
  for (const std::string_view wrong :
       {std::string_view("\0", 1), std::string_view("\x01"), std::string_view("\x08"), std::string_view("\t"),
        std::string_view("\v"), std::string_view("\x1b"), std::string_view("\x1f"), std::string_view("\x7f"),
        std::string_view("\r"), std::string_view("\xC2\x80"), std::string_view("\xC2\x85"),
        std::string_view("\xC2\x9F"), std::string_view("\xE2\x80\xAA"), std::string_view("\xE2\x80\xAE"),
        std::string_view("\xE2\x81\xA6"), std::string_view("\xE2\x81\xA9")}) {
    for (const std::string_view text : {"abcdefgh", "ābcdefgh"}) {
      for (std::size_t place = 2; place <= 7; ++place) {
        const std::string broken =
            std::string(text.substr(0, place)).append(wrong).append(text.substr(place));
        CAPTURE(broken);
        CHECK(kept(broken, one_line) == "! control-character");
        CHECK(kept(broken, lines) == "! control-character");
      }
    }
  }
  CHECK(kept("a\nb", one_line) == "! control-character");
  CHECK(kept("a\r\nb", one_line) == "! control-character");
  CHECK(kept("a\r\rb", lines) == "! control-character");
  CHECK(kept("abc\x1f", one_line) == "! control-character");
  CHECK(kept("\x1c"
             "abc",
             one_line) == "! control-character");
}

TEST_CASE("characters beside the refused ones are fine") {
  for (const std::string_view text : {"a b", "a~b",
                                      "a\xC2\xA0"
                                      "b",
                                      "a\xE2\x80\xA7"
                                      "b",
                                      "a\xE2\x80\xAF"
                                      "b",
                                      "a\xE2\x81\xA5"
                                      "b",
                                      "a\xE2\x81\xAA"
                                      "b",
                                      "a\xC3\x80"
                                      "b"}) {
    CAPTURE(text);
    CHECK(kept(text, one_line) == text);
  }
}

TEST_CASE("wrong bytes are refused, with their place") {
  const auto parsed = parse_text("ab\xFFyz", one_line);
  REQUIRE(!parsed);
  CHECK(parsed.problem().code == ProblemCode::encoding);
  CHECK(parsed.problem().value == "ab\xFFyz");
  CHECK(parsed.problem().message == "'ab\\xffyz' is not UTF-8 at byte 3; save it as UTF-8");
  CHECK(kept("ab\xC3", one_line) == "! encoding");
  CHECK(kept("\xED\xA0\x80 xx", one_line) == "! encoding");
}

TEST_CASE("messages show what a terminal can be shown") {
  const auto parsed = parse_text("a\x1b[1mb", one_line);
  REQUIRE(!parsed);
  CHECK(parsed.problem().value == "a\x1b[1mb");
  CHECK(parsed.problem().message == "'a\\u{1B}[1mb' contains a control character; remove it");
  CHECK(parse_text("x", one_line).problem().message == "'x' is too short; at least 2 characters");
  CHECK(parse_text("0123456789x", one_line).problem().message ==
        "'0123456789x' is too long; 11 characters, at most 10");
}

TEST_CASE("a bidirectional control is called by its name") {
  const auto message = [](std::string_view text) { return parse_text(text, one_line).problem().message; };
  CHECK(message("A\xE2\x80\xAE"
                "B") == "'A\\u{202E}B' contains a bidirectional override; remove it");
  CHECK(message("A\xE2\x80\xAA"
                "B") == "'A\\u{202A}B' contains a bidirectional embedding; remove it");
  CHECK(message("A\xE2\x81\xA6"
                "B") == "'A\\u{2066}B' contains a bidirectional isolate; remove it");
}

TEST_CASE("a line break where there is one line is called by its name") {
  CHECK(parse_text("one\ntwo", one_line).problem().message ==
        "'one\\u{0A}two' contains a line break; write it on one line");
}

TEST_CASE("characters that no text has are refused wherever they are, and were once kept") {
  const std::pair<std::string_view, std::string_view> refused[] = {
      {"\u2028", "control-character"},
      {"\u2029", "control-character"},
      {"\uFFFD", "encoding"},
      {"\uFFFE", "control-character"},
      {"\uFFFF", "control-character"},
      {"\uFDD0", "control-character"},
      {"\uFDEF", "control-character"},
      {"\U0001FFFE", "control-character"},
      {"\U0010FFFF", "control-character"},
  };
  for (const auto& [wrong, code] : refused) {
    for (const std::string_view text : {"abcdef", "ābcdēf"}) {
      const std::string broken = std::string(text.substr(0, 3)).append(wrong).append(text.substr(3));
      CAPTURE(broken);
      CHECK(kept(broken, one_line) == "! " + std::string(code));
      CHECK(kept(broken, lines) == "! " + std::string(code));
      CHECK(parse_text(broken, one_line, Strictness::stored).ok());
    }
  }
  for (const std::string_view text :
       {"a\uFDCFb", "a\uFDF0b", "a\uFFFCb", "a\U0001FFFDb", "a\u2027b", "a\u202Fb"}) {
    CAPTURE(text);
    CHECK(kept(text, one_line) == text);
  }
}

TEST_CASE("a text that nobody can see is refused, and was once kept") {
  for (const std::string_view text :
       {"\u200B\u200B", "\u200D\u200D\u200D", "\u2060", "\u00AD\u00AD", "\u200B\u00A0\u200B", "\u115F\u3164",
        "\u034F", "\uFE0F\uFE0F", "\U000E0041\U000E0042", "\uFEFF\uFEFF", "\u2800\u2800", "\u0301\u0301",
        "\u180E\u180E", "\u200E\u200F", "\u200B\n\u200B"}) {
    CAPTURE(text);
    CHECK(kept(text, lines) == "! invisible");
    CHECK(parse_text(text, lines, Strictness::stored).ok());
  }
  for (const std::string_view text :
       {"\u200Ba", "🏳️‍🌈", "а\u0301", "\u05D0\u200E", "...", "ⵣ", "か\u3099", "·"}) {
    CAPTURE(text);
    CHECK(parse_text(text, lines).ok());
  }
  CHECK(parse_text("\u200B\u200B", one_line).problem().message ==
        "'\\u{200B}\\u{200B}' has no visible character; write a text or leave it empty");
}

TEST_CASE("what a spreadsheet shows in place of a value is refused, and was once kept") {
  for (const std::string_view text : {"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!",
                                      "#n/a", " #REF! ", "#SPILL!", "#CALC!", "Err:502"}) {
    CAPTURE(text);
    CHECK(kept(text, lines) == "! spreadsheet");
    CHECK(parse_text(text, lines, Strictness::stored).ok());
  }
  for (const std::string_view text :
       {"#1 in heat", "N/A", "#", "#NAME", "#NAME? or not", "Err:50", "Err:5020", "NAME?"}) {
    CAPTURE(text);
    CHECK(kept(text, lines) == text);
  }
}

TEST_CASE("trimming takes Unicode's white space and leaves what is not text") {
  CHECK(trimmed("").empty());
  CHECK(trimmed(" \t\n\v\f\r").empty());
  CHECK(trimmed("\xC2\x85\xE2\x80\xA8 a \xE1\x9A\x80") == "a");
  CHECK(trimmed("\xE2\x80\x8B"
                "a") ==
        "\xE2\x80\x8B"
        "a");  // zero width space is no white space
  CHECK(trimmed(" \xFF ") == "\xFF");
  CHECK(trimmed("\xA0 a \xC2") == "\xA0 a \xC2");
}
