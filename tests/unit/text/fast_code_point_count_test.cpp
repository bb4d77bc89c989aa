#include "core/text/utf8.hpp"

#include <doctest/doctest.h>

#include <string>

#include "core/text/folding.hpp"

using namespace covenant;

namespace {

std::string utf8(unsigned c) {
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0U | c >> 6U), static_cast<char>(0x80U | (c & 0x3FU))};
  return {static_cast<char>(0xE0U | c >> 12U), static_cast<char>(0x80U | (c >> 6U & 0x3FU)),
          static_cast<char>(0x80U | (c & 0x3FU))};
}

}  // namespace

TEST_CASE("a text that the fast path counts is well-formed, in its normal form, without controls") {
  for (unsigned c = 0; c < 0x10000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    const std::string text = "before " + utf8(c) + "\u0301 after";
    const std::string alone = "eight by" + utf8(c) + "tes";
    INFO(c);
    const auto length = fast_code_point_count(alone, LineFeeds::allowed);
    if (!length) continue;
    CHECK(*length == count_code_points(alone));
    CHECK(to_nfc(alone) == alone);
    CHECK((c == '\n' || (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c < 0x202A) || c == 0x20AC));
    CHECK_FALSE(fast_code_point_count(text, LineFeeds::allowed));
  }
}

TEST_CASE("common texts take the fast path") {
  CHECK(fast_code_point_count("", LineFeeds::refused) == 0);
  CHECK(fast_code_point_count("Association of Cities", LineFeeds::refused) == 21);
  CHECK(fast_code_point_count("Energetikas asociācija “Rīga”", LineFeeds::refused) == 29);
  CHECK(fast_code_point_count("Ένωση δήμων", LineFeeds::refused) == 11);
  CHECK(fast_code_point_count("Асоциация на общините", LineFeeds::refused) == 21);
  CHECK(fast_code_point_count("one\ntwo", LineFeeds::allowed) == 7);
}

TEST_CASE("texts that need the full check") {
  for (const std::string text : {"tab\there", "\x7f", "\xff", "\xc3", "\xe2\x80", "e\u0301", "\u202e",
                                 "\u2066", "\u0085", "\u037e", "漢字", "one\r\ntwo"}) {
    INFO(text);
    CHECK_FALSE(fast_code_point_count(text, LineFeeds::allowed));
  }
  CHECK_FALSE(fast_code_point_count("one\ntwo", LineFeeds::refused));
}
