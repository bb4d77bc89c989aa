#include "core/text/trigram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace covenant;

namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

Pairs near_pairs(const std::vector<std::string>& texts, unsigned least_percent) {
  TrigramIndex index(texts, least_percent);
  Pairs pairs;
  for (std::size_t i = 0; i < texts.size(); ++i)
    index.for_each_near(i, [&](std::size_t other, double) { pairs.emplace_back(i, other); });
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

double similarity(const std::string& a, const std::string& b) {
  double found = 0;
  TrigramIndex({a, b}, 1).for_each_near(0, [&](std::size_t, double near) { found = near; });
  return found;
}

/// The trigrams of a text of ASCII.
std::set<std::string> trigrams(std::string_view text) {
  std::set<std::string> found;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const std::string padded = "  " + std::string(word) + " ";
    for (std::size_t i = 0; !word.empty() && i + 3 <= padded.size(); ++i) found.insert(padded.substr(i, 3));
  }
  return found;
}

}  // namespace

TEST_CASE("texts are as near as the share of their trigrams") {
  CHECK(similarity("word", "word") == doctest::Approx(1));
  CHECK(similarity("word", "two words") == doctest::Approx(4.0 / 11));
  CHECK(similarity("energy cities", "cities  energy") == doctest::Approx(1));
  CHECK(similarity("м\u0438р", "мор") == doctest::Approx(1.0 / 7));
  CHECK(similarity("word", "") == 0);
  CHECK(similarity("word", "xyz") == 0);
}

TEST_CASE("a text is near another exactly when they share as many trigrams as are asked for") {
  const std::string_view words[] = {"energy", "energie", "cities", "city", "union",
                                    "unions", "a",       "of",     "x1",   "x2"};
  std::mt19937 random(20261126);
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (unsigned left = static_cast<unsigned>(random()) % 5; left > 0; --left)
      text.append(words[random() % std::size(words)]).append(" ");
    texts.push_back(text);
  }
  for (const unsigned least : {1U, 50U, 60U, 80U, 100U}) {
    Pairs expected;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (std::size_t j = i + 1; j < texts.size(); ++j) {
        const auto one = trigrams(texts[i]);
        const auto other = trigrams(texts[j]);
        std::set<std::string> both;
        std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                              std::inserter(both, both.end()));
        const std::size_t either = one.size() + other.size() - both.size();
        if (!both.empty() && both.size() * 100 >= either * least) expected.emplace_back(i, j);
      }
    }
    CAPTURE(least);
    CHECK(near_pairs(texts, least) == expected);
    CHECK(expected.size() > 100);
  }
}
