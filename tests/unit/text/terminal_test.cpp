#include "core/text/terminal.hpp"

#include <doctest/doctest.h>

using namespace covenant;

TEST_CASE("the width of a text is what it takes in a terminal") {
  CHECK(display_width("") == 0);
  CHECK(display_width("plain") == 5);
  CHECK(display_width("Rīga") == 4);
  CHECK(display_width("Ri\xCC\x84ga") == 4);
  CHECK(display_width("地方") == 4);
  CHECK(display_width("ｱ") == 1);   // half-width
  CHECK(display_width("Ａ") == 2);  // full-width
  CHECK(display_width("🌍") == 2);
  CHECK(display_width("a\xE2\x80\x8B"
                      "b") == 2);  // zero width space
  CHECK(display_width("…") == 1);
}

TEST_CASE("a text is cut to a width, with a sign that it was") {
  CHECK(clipped("plain", 5) == "plain");
  CHECK(clipped("plain", 4) == "pla…");
  CHECK(clipped("plain", 1) == "…");
  CHECK(clipped("plain", 0).empty());
  CHECK(clipped("", 0).empty());
  CHECK(clipped("地方自治", 5) == "地方…");
  CHECK(clipped("地方自治", 4) == "地…");
  CHECK(clipped("地方", 4) == "地方");
  CHECK(clipped("Ri\xCC\x84ga", 3) == "Ri\xCC\x84…");
  for (std::size_t columns = 0; columns < 12; ++columns)
    CHECK(display_width(clipped("a地āb🌍方c地", columns)) <= columns);
}

TEST_CASE("letters take one column, marks and what is ignored none") {
  for (const char* letter : {"a", "\x7f", "é", "ķ", "Ω", "Ж", "ҁ", "Ҋ", "ʰ"})
    CHECK(display_width(letter) == 1);
  for (const char* mark : {"\u00ad", "\u0300", "\u034f", "\u036f", "\u0483", "\u0489"})
    CHECK(display_width(mark) == 0);
}

TEST_CASE("a text is wrapped at blanks, and a word is never broken") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("", 10).empty());
  CHECK(wrapped("   ", 10).empty());
  CHECK(wrapped("one two three", 13) == Lines{"one two three"});
  CHECK(wrapped("one two three", 12) == Lines{"one two", "three"});
  CHECK(wrapped(" one  two ", 3) == Lines{"one", "two"});
  CHECK(wrapped("see https://example.org/long now", 6) == Lines{"see", "https://example.org/long", "now"});
  CHECK(wrapped("地方 自治", 8) == Lines{"地方", "自治"});
  CHECK(wrapped("地方 自治", 9) == Lines{"地方 自治"});
  CHECK(wrapped("a b", 0) == Lines{"a", "b"});
}

TEST_CASE("a long word is broken where its script has no blanks between words") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("地方自治体の連合", 6) == Lines{"地方自", "治体の", "連合"});
  CHECK(wrapped("a 地方自治体の連合", 6) == Lines{"a 地方", "自治体", "の連合"});
  CHECK(wrapped("地方自治体の連合 abc", 12) == Lines{"地方自治体の", "連合 abc"});
  CHECK(wrapped("지방자치", 4) == Lines{"지방", "자치"});
  CHECK(wrapped("เครือข่ายพลังงาน", 8) == Lines{"เครือข่ายพ", "ลังงาน"});
  CHECK(wrapped("地方自治", 4, LongWords::whole) == Lines{"地方自治"});
}

TEST_CASE("no line begins with a closing sign or a mark, or ends with an opening sign") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("地方。自治", 4) == Lines{"地", "方。", "自治"});
  CHECK(wrapped("地「方自」", 4) == Lines{"地", "「方", "自」"});
  CHECK(wrapped("か\u3099か\u3099", 2) == Lines{"か\u3099", "か\u3099"});
  CHECK(wrapped("พลังน้ำ", 3) == Lines{"พลัง", "น้ำ"});
}

TEST_CASE("a URL in a text without blanks stays whole") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("詳細はhttps://地方.example/自治<b>を見", 6) ==
        Lines{"詳細は", "https://地方.example/自治<b>", "を見"});
  CHECK(wrapped("<https://地方.example/自治>地方", 6) == Lines{"<https://地方.example/自治>", "地方"});
}
