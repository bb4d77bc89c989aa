#include "core/text/collator.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace covenant;

namespace {

/// Whether the words are in the order of the language.
bool are_in_order(std::string_view language, const std::vector<std::string_view>& words) {
  Collator collator(language);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (collator.key(words[i - 1]) >= collator.key(words[i])) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("each language has its own alphabetical order") {
  CHECK(are_in_order("lv", {"cena", "čaula", "deva", "ina", "yra", "jumts"}));
  CHECK(are_in_order("sv", {"zon", "ål", "äl", "öl"}));
  CHECK(are_in_order("de", {"al", "äl", "am", "öl", "zon"}));
  CHECK(are_in_order("el", {"άλφα", "βήτα", "alpha"}));
  CHECK(are_in_order("en", {"alpha", "Beta", "cities", "Gamma"}));
  CHECK(are_in_order("xx-unknown", {"alpha", "Beta", "gamma"}));
}

TEST_CASE("a different version shows that the order is not the same") {
  CHECK(!Collator::version().empty());
  CHECK(Collator::version() == Collator::version());
}
