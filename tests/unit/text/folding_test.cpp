#include "core/text/folding.hpp"

#include <doctest/doctest.h>

#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/utf8.hpp"

using namespace covenant;

TEST_CASE("searches see through case, diacritics and the width of gaps") {
  const std::pair<std::string_view, std::string_view> same[] = {
      {"Energy  Cities", "energy cities"},
      {"RĪGA", "riga"},
      {"Ri\xCC\x84ga", "Rīga"},
      {"Straße", "STRASSE"},
      {"one\ntwo", "One Two"},
      {"a\xC2\xA0 b", "a b"},
      {"Čiekurkalns ēka", "ciekurkalns\teka"},
      {"L’Énergie", "l'energie"},
      {"Işık", "isik"},
      {"CO₂", "co2"},
      {"Łódź", "lodz"},
      {"a–b", "a-b"},
      {"a-b", "ab"},
      {"ā.b", "ab"},
      {"a·b", "ab"},
      {"Euro – Med", "euro med"},
      {"(AND)", "and"},
  };
  for (const auto& [a, b] : same) {
    const auto& shown = a;
    CAPTURE(shown);
    CHECK(search_key(a) == search_key(b));
  }
}

TEST_CASE("searches keep the gap between words, and percent signs") {
  CHECK(search_key("a b") != search_key("ab"));
  CHECK(search_key("ā b") != search_key("āb"));
  CHECK(search_key("100%") != search_key("100"));
  CHECK(search_key("a - b") == "a b");
  CHECK(search_key("").empty());
}

TEST_CASE("a part of a text is found by its own key") {
  CHECK(search_key("Pašvaldību enerģijas apvienība").find(search_key("ENERGIJAS")) != std::string::npos);
}

TEST_CASE("a letter is folded alike alone and with letters that are folded together") {
  std::vector<std::string> letters;
  for (unsigned c = 0x80; c < 0x600; ++c)
    letters.push_back({static_cast<char>(0xC0U | c >> 6U), static_cast<char>(0x80U | (c & 0x3FU))});
  for (unsigned c = 0x80; c < 0xC0; ++c) letters.push_back({'\xE2', '\x80', static_cast<char>(c)});
  for (const std::string& letter : letters) {
    const std::string text = "a " + letter + " b";
    INFO(letter);
    CHECK(search_key(text) + "\u6f22" == search_key(text + "\u6f22"));
    CHECK(similarity_key(text) + "\u6f22" == similarity_key(text + "\u6f22"));
  }
}

TEST_CASE("a word is found in a text exactly where it is in its key, whatever letter is between") {
  for (unsigned c = 0x80; c < 0x600; ++c) {
    const std::string letter{static_cast<char>(0xC0U | c >> 6U), static_cast<char>(0x80U | (c & 0x3FU))};
    const std::string text = "x" + letter + "y";
    const std::string key = search_key(text);
    INFO(c);
    for (std::size_t at = 0; at < key.size(); ++at) {
      for (std::size_t size = 1; size <= key.size() - at; ++size) {
        const std::string part = key.substr(at, size);
        if (part != " " && !find_invalid_utf8(part)) CHECK(SearchTerm(part).is_in(text));
      }
    }
    CHECK(SearchTerm("xy").is_in(text) == (key.find("xy") != std::string::npos));
  }
}

TEST_CASE("a term is found in a text exactly where its key is found in the key of the text") {
  const std::string_view pieces[] = {"a",      "B",      "tech",   "TECH",    " ",      "  ",     "\n",
                                     "\t ",    "\u0101", "\u0100", "e\u0301", "\u0301", "\u00DF", "ss",
                                     "\u2013", "\u201C", "\u2028", "\u00A0",  "\u6f22", "\u0149", "-",
                                     "\u03A3", "\u03C2", "@",      "[",       "`",      "{",      "0",
                                     "%",      "\u0387", "\u043A", "te",      "c",      "h"};
  std::mt19937 random(20261123);
  const auto text_of = [&](unsigned most) {
    std::string text;
    for (unsigned left = static_cast<unsigned>(random()) % most + 1; left > 0; --left)
      text += pieces[random() % std::size(pieces)];
    return text;
  };
  int found = 0;
  for (int round = 0; round < 30000; ++round) {
    const std::string term = text_of(4);
    const std::string text = text_of(30);
    std::string key = search_key(term);
    if (key.starts_with(' ')) key.erase(0, 1);
    if (key.ends_with(' ')) key.pop_back();
    if (key.empty()) continue;
    const bool expected = search_key(text).find(key) != std::string::npos;
    CAPTURE(term);
    CAPTURE(text);
    CHECK(SearchTerm(term).is_in(text) == expected);
    found += expected ? 1 : 0;
  }
  CHECK(found > 1000);
}

TEST_CASE("a term of nothing but punctuation is found where the text has it") {
  for (const std::string_view term : {"-", "\"", "\u2019", "(\u2026"}) {
    CHECK(SearchTerm(term).is_in("a(..." + std::string(term) + " \u0101"));
    CHECK_FALSE(SearchTerm(term).is_in("a \u0101."));
    CHECK_FALSE(SearchTerm(term).is_in("a."));
    CHECK_FALSE(SearchTerm(term).is_in(""));
  }
}

TEST_CASE("a term is found at every place of a long text, whatever its case") {
  for (const std::string_view word : {"x", "xy", "Energy", "0-9[@", "energiapolitikai szervezet"}) {
    SearchTerm term(word);
    for (std::size_t at = 0; at < 40; ++at) {
      std::string text(at, '.');
      text.append(word).append(40 - at, '.');
      CHECK(term.is_in(text));
      for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      }
      CHECK(term.is_in(text));
      text[at] = '!';
      CHECK_FALSE(term.is_in(text));
    }
  }
}

TEST_CASE("a text that is not well-formed is looked through no further than it goes") {
  for (const std::string_view text : {"caf\xC3", "caf\xE2\x80", "\xF0", "\x80\x80", "\xC3("}) {
    CHECK_FALSE(SearchTerm("tech").is_in(text));
    CHECK_FALSE(SearchTerm("\u0113").is_in(text));
  }
  CHECK(SearchTerm("caf").is_in("caf\xC3"));
}
