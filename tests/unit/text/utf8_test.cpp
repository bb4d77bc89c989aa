#include "core/text/utf8.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/text/ascii.hpp"

using namespace covenant;

TEST_CASE("well-formed UTF-8 is found to be so") {
  for (const std::string_view text :
       {"", "plain ascii of some length", "ā", "Gdańsk — Łódź", "地方", "🌍 x", "\x7F", "\xC2\x80", "\xDF\xBF",
        "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
        "\xF4\x8F\xBF\xBF"}) {
    CAPTURE(text);
    CHECK(!find_invalid_utf8(text));
  }
}

TEST_CASE("each kind of ill-formed UTF-8 is found where it begins") {
  // Table 3-7 of the Unicode Standard: bytes that never occur, overlong forms, surrogates, too high, cut
  // short.
  for (const std::string_view wrong :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xE0\x9F\xBF",
        "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xC3", "\xC3(", "\xE2\x82",
        "\xE2\x82(", "\xE2(\x82", "\xF0\x9F\x8C", "\xF0\x9F\x8C("}) {
    for (const std::string_view before : {"", "a", "seven b", "eight by", "ābeforehand"}) {
      const std::string text = std::string(before).append(wrong).append("after");
      CAPTURE(text);
      CHECK(find_invalid_utf8(text) == before.size());
    }
    CHECK(find_invalid_utf8(wrong) == 0);
  }
}

TEST_CASE("code points are counted and taken one by one") {
  std::string_view text = "aā€🌍";
  CHECK(count_code_points(text) == 4);
  CHECK(take_code_point(text) == U'a');
  CHECK(take_code_point(text) == U'ā');
  CHECK(take_code_point(text) == U'€');
  CHECK(take_code_point(text) == U'🌍');
  CHECK(text.empty());
}

TEST_CASE("taking code points off ill-formed UTF-8 never leaves the text") {
  for (const std::string_view wrong :
       {"\x80", "\xC3", "\xC3(", "\xE2\x82", "\xE2(\x82", "\xED\xA0\x80", "\xF0", "\xF0\x9F", "\xF0\x9F\x8C",
        "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF"}) {
    CAPTURE(wrong);
    // Of exactly that size, so that a sanitizer sees a byte read past the end.
    const std::vector<char> bytes(wrong.begin(), wrong.end());
    std::string_view rest(bytes.data(), bytes.size());
    for (std::size_t left = rest.size(); left > 0; --left) {
      const bool is_ascii_next = rest.front() == '(';
      CHECK(take_code_point(rest) == (is_ascii_next ? U'(' : U'\uFFFD'));
      REQUIRE(rest.size() == left - 1);
    }
  }
  std::string_view empty;
  CHECK(take_code_point(empty) == U'\uFFFD');
  CHECK(empty.empty());
}

TEST_CASE("a byte above 0x7F anywhere is not ASCII") {
  for (std::size_t place = 0; place < 20; ++place) {
    std::string text(20, 'x');
    CHECK(is_ascii(text));
    text[place] = '\x80';
    CHECK(!is_ascii(text));
  }
}

TEST_CASE("a control character is found wherever it is, and a line feed where it is refused") {
  for (const std::string_view control :
       {"\x01", "\x1F", "\x7F", "\u0080", "\u009F", "\u202A", "\u202E", "\u2066", "\u2069"}) {
    std::string_view rest = control;
    const char32_t c = take_code_point(rest);
    CAPTURE(static_cast<unsigned>(c));
    const std::string text = "é漢" + std::string(control);
    CHECK(find_control(text, LineFeeds::refused) == c);
    CHECK(find_control(text + " more", LineFeeds::allowed) == c);
  }
  CHECK_FALSE(find_control("\u00A0é\u2029\u202F\u2065\u206A🌍", LineFeeds::refused));
  CHECK(find_control("a\nb", LineFeeds::refused) == U'\n');
  CHECK(find_control("a\r\nb", LineFeeds::refused) == U'\r');
  CHECK(find_control("a\rb", LineFeeds::allowed) == U'\r');
  CHECK_FALSE(find_control("a\nb\r\nc", LineFeeds::allowed));
}

namespace {

bool is_clean(std::string_view text, LineFeeds line_feeds) {
  return !find_invalid_utf8(text) && !find_control(text, line_feeds);
}

/// Compares with the full check at every place of a block, at the end of a text, and within short ones.
void check_everywhere(const std::string& piece) {
  for (const std::string_view filler :
       {"abcdefghijklmnopqrstuvwxyzabcdefghijklmn", "abāēīōūļķģņšžčabcdefghijāē"}) {
    for (std::size_t at = 0; at <= filler.size(); ++at) {
      if (at < filler.size() && is_continuation(filler[at])) continue;
      const std::string before(filler.substr(0, at));
      for (const std::string& text : {before + piece, before + piece + std::string(filler.substr(at))}) {
        for (const LineFeeds line_feeds : {LineFeeds::refused, LineFeeds::allowed}) {
          if (is_clean_utf8(text, line_feeds) == is_clean(text, line_feeds)) continue;
          INFO(text);
          CHECK(is_clean_utf8(text, line_feeds) == is_clean(text, line_feeds));
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("the look at whole blocks finds each byte that the full check finds, wherever it is") {
  for (unsigned first = 0; first < 0x100; ++first) {
    check_everywhere({static_cast<char>(first)});
    check_everywhere({static_cast<char>(first), '\x80'});
    check_everywhere({'\xC2', static_cast<char>(first)});
    check_everywhere({'\xE2', '\x80', static_cast<char>(first)});
    check_everywhere({'\xE2', '\x81', static_cast<char>(first)});
    check_everywhere({'\xE2', static_cast<char>(first), '\x90'});
    check_everywhere({static_cast<char>(first), '\xA0', '\x80'});
    check_everywhere({static_cast<char>(first), '\x90', '\x80', '\x80'});
  }
}

TEST_CASE("clean texts, and texts that are not") {
  for (const char* text :
       {"", "a", "Rīga", "Ένωση δήμων", "“Rīga” – 10 €…", "漢字", "🌍", "e\u0301", "long enough for blocks 🌍"})
    CHECK(is_clean_utf8(text, LineFeeds::refused));
  for (const char* text : {"\x7f", "tab\there", "\xff", "R\xc4", "\u0085", "\u202e", "\u2066", "one\ntwo"})
    CHECK_FALSE(is_clean_utf8(text, LineFeeds::refused));
  CHECK(is_clean_utf8("one\ntwo\r\nthree", LineFeeds::allowed));
  CHECK_FALSE(is_clean_utf8("one\rtwo", LineFeeds::allowed));
}
