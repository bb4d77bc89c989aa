#include "core/model/stored_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace covenant;

namespace {

struct Text {
  Column column;
  std::string text;
};

using Texts = std::vector<Text>;

const std::string longest_title(300, 'a');

}  // namespace

TEST_CASE("texts that a column can have") {
  for (const auto& stored : Texts{
           {"name"_column, "Zemgales Enerģētikas aģentūra"},
           {"name"_column, "āē"},
           {"name"_column, std::string(300, 'a')},
           {"name"_column,
            [] {
              std::string name;
              for (int i = 0; i < 300; ++i) name += "ā";
              return name;
            }()},
           {"acronym"_column, "A"},
           {"description"_column, "one\ntwo\r\nthree"},
           {"categories"_column, "financial;other"},
           {"member_count"_column, "0"},
           {"country"_column, "LV"},
           {"website"_column, "https://www.example.org/"},
           {"website"_column, "HTTP://example.org"},
           {"website"_column, "https://example.org/\u0101"},
           {"practices"_column, "Lending of e-bikes"},
           {"practices"_column, "Lending of e-bikes <https://example.org/a>\nSolar roofs"},
           {"practices"_column, longest_title + " <https://example.org/>"},
           {"language"_column, "lv"},
           {"applied_on"_column, "2024-02-29"},
           {"status"_column, "approved"},
       }) {
    INFO(code_of(stored.column), ": ", stored.text);
    CHECK(could_be_stored(stored.column, stored.text));
  }
}

TEST_CASE("texts that nobody stored") {
  for (const auto& stored : Texts{
           {"name"_column, ""},
           {"name"_column, "a"},
           {"name"_column, "ā"},
           {"name"_column, " Agency"},
           {"name"_column, "Agency\n"},
           {"name"_column, "two\nlines"},
           {"name"_column, "\xff\xfe"},
           {"name"_column, "a right-to-left \u202e override"},
           {"name"_column, std::string(301, 'a')},
           {"description"_column, "a \x1b[31m colour"},
           {"description"_column, std::string(4001, 'a')},
           {"categories"_column, ""},
           {"categories"_column, "financial;"},
           {"member_count"_column, "many"},
           {"country"_column, "EL"},
           {"country"_column, "LV "},
           {"country"_column, "ZZ"},
           {"website"_column, "javascript:alert(1)"},
           {"website"_column, "https://example.org/<script>"},
           {"website"_column, "https://example.org/ b"},
           {"website"_column, "https://example.org/a\"b"},
           {"practices"_column, ""},
           {"practices"_column, "Lending\n"},
           {"practices"_column, "Lending\n\nSolar roofs"},
           {"practices"_column, "Lending <javascript:alert(1)>"},
           {"practices"_column, "<https://example.org/>"},
           {"practices"_column, "Lending of e-bikes>"},
           {"practices"_column, longest_title + "a"},
           {"practices"_column, longest_title + "a <https://example.org/>"},
           {"language"_column, "l"},
           {"language"_column, "lv<"},
           {"applied_on"_column, "2023-02-29"},
           {"applied_on"_column, "2023-02-28 "},
           {"applied_on"_column, "0000-01-01"},
           {"status"_column, "Approved"},
           {"id"_column, "1"},
       }) {
    INFO(code_of(stored.column), ": ", stored.text);
    CHECK_FALSE(could_be_stored(stored.column, stored.text));
  }
}
