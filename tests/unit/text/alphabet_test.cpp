#include "core/text/alphabet.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/collator.hpp"

using namespace covenant;

TEST_CASE("a name is under its letter of the language") {
  const auto letter = [](std::string_view language, std::string_view name) {
    const Alphabet alphabet(language);
    return alphabet.letter(alphabet.place(name));
  };
  CHECK(letter("en", "čistá doprava") == "C");
  CHECK(letter("lv", "Čista pilsēta") == "Č");
  CHECK(letter("sv", "Ängar") == "Ä");
  CHECK(letter("lv", "Ένωση Νησιών") == "Ε");
  CHECK(letter("en", "Съюз") == "С");
  CHECK(letter("en", "100 Cities") == "#");
  CHECK(letter("en", "منتدى") == "…");
}

TEST_CASE("letters are in the order of the names") {
  for (const char* language : {"en", "lv", "el", "bg", "hu"}) {
    CAPTURE(language);
    const Alphabet alphabet(language);
    Collator collator(language);
    std::vector<std::pair<std::string, std::string_view>> names;
    for (const std::string_view name : {"100 Cities", "Alpha", "Čista", "Cs", "Delta", "Łódź", "Ysaye",
                                        "Zeta", "Ένωση", "Ωμέγα", "Българи", "Яр", "منتدى"})
      names.emplace_back(collator.key(name), name);
    std::sort(names.begin(), names.end());
    std::size_t last = 0;
    for (const auto& [key, name] : names) {
      const auto& shown = name;
      CAPTURE(shown);
      CHECK(alphabet.place(name) >= last);
      last = alphabet.place(name);
    }
  }
}
