#include "core/text/lookalike.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <utility>

#include "core/text/folding.hpp"

using namespace covenant;

TEST_CASE("names that may be taken for each other look alike and share a key") {
  const std::pair<std::string_view, std::string_view> alike[] = {
      {"Alpha Association", "Аlpha Association"},  // a Cyrillic A
      {"European Union", "ЕUROPEAN UNION"},        // a Cyrillic E
      {"Beta", "Βeta"},                            // a Greek B
      {"Alpha", "AIpha"},                          // a capital I
      {"Alpha", "A1pha"},
      {"COGEN Europe", "C0GEN Europe"},
      {"Company", "Cornpany"},
      {"Solar", "Ѕolar"},            // a Cyrillic S
      {"Fédération", "Fеderation"},  // a Cyrillic e
      {"Йод Союз", "Иод Союз"},
      {"がん協会", "かん協会"},
  };
  for (const auto& [a, b] : alike) {
    const auto& shown = a;
    CAPTURE(shown);
    const auto& other = b;
    CAPTURE(other);
    CHECK(look_alike(a, b));
    CHECK(look_alike(b, a));
    CHECK(lookalike_key(a) == lookalike_key(b));
    CHECK(similarity_key(a) != similarity_key(b));
  }
}

TEST_CASE("names that differ to the eye do not look alike") {
  const std::pair<std::string_view, std::string_view> different[] = {
      {"Mail Europe", "Mall Europe"},
      {"MAIL EUROPE", "MALL EUROPE"},
      {"Union 1", "Union 2"},
      {"Energy Cities", "Energy City"},
      {"Клімат", "Климат"},
      {"地方", "地"},
      {"Nova", "Vona"},
  };
  for (const auto& [a, b] : different) {
    const auto& shown = a;
    CAPTURE(shown);
    CHECK_FALSE(look_alike(a, b));
  }
}

TEST_CASE("names that are the same share the key of what they look like") {
  const std::pair<std::string_view, std::string_view> same[] = {{"Barn Owl", "BAR-N OWL"},
                                                                {"CO₂ Value", "CO2 value"},
                                                                {"Işık", "IŞIK"},
                                                                {"…", "..."},
                                                                {"ΑΘΉΝΑ", "Αθηνα"}};
  for (const auto& [a, b] : same) {
    const auto& shown = a;
    CAPTURE(shown);
    CHECK(similarity_key(a) == similarity_key(b));
    CHECK(lookalike_key(a) == lookalike_key(b));
  }
  CHECK(lookalike_key("---") != lookalike_key("..."));
}
