#include "core/text/word_term.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <utility>

using namespace covenant;

TEST_CASE("a term is found as whole words, as searches see them") {
  const std::pair<std::string_view, std::string_view> found[] = {
      {"Eva Roth", "Ask Eva Roth."},
      {"eva roth", "ÉVA\n  RÖTH"},
      {"Roth", "Roth"},
      {"Roth", "write to roth@example.org"},
      {"Roth", "Rothe, then Roth"},
      {"O’Hara", "(O'Hara)"},
      {"Ķirsis", "Kirsis un partneri"},
      {"Jean Luc Roth", "by Jean-Luc Roth"},
      {"Jean-Luc Roth", "JEAN LUC ROTH"},
      {"Luc Roth", "Jean\u2010Luc Roth"},
      {"eva@example.org", "Mail Eva@Example.ORG."},
      {"eva@example.org", "<mailto:eva@example.org>"},
      {"eva@example.org", "eva@example.org, bob@example.org"},
  };
  for (const auto& [term, text] : found) {
    const auto& shown = text;
    CAPTURE(shown);
    CHECK(WordTerm(term).is_in(text));
  }
  const std::pair<std::string_view, std::string_view> missed[] = {
      {"Eva Roth", "Eva and Roth"},
      {"Roth", "Rother"},
      {"Roth", "Broth"},
      {"Roth", "Roth2"},
      {"Eva Roth", ""},
      {"eva@example.org", "eva@example.org.uk"},
      {"eva@example.org", "eva@example.org-x"},
      {"eva@example.org", "dr.eva@example.org"},
      {"eva@example.org", "a+eva@example.org"},
      {"eva@example.org", "jo-eva@example.org"},
      {"eva@my-example.org", "eva@my example.org"},
      {"eva@example.org", "eva@example.organic"},
  };
  for (const auto& [term, text] : missed) {
    const auto& shown = text;
    CAPTURE(shown);
    CHECK_FALSE(WordTerm(term).is_in(text));
  }
  CHECK(WordTerm("Dr Evangelina Roth").longest_word() == "evangelina");
  CHECK(WordTerm("Marie-Evangelina Roth").longest_word() == "evangelina");
  CHECK(WordTerm("eva@example.org").is_address());
  CHECK_FALSE(WordTerm("Eva Roth").is_address());
}
