#include "core/model/field_notes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

/// "column code" of each note on an application with these fields.
std::vector<std::string> noted(const samples::Given& given) {
  std::vector<std::string> found;
  for (const Note& note : find_notes(samples::application(given), nullptr))
    found.push_back(note.column + " " + std::string(code_of(note.code)));
  return found;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("UTF-8 that was read as Windows-1252 is noted, with the text as it was") {
  CHECK(noted({{"city"_field, "LiÃ¨ge"}}) == List{"city mojibake"});
  CHECK(noted({{"city"_field, "RÄ«ga"}}) == List{"city mojibake"});
  CHECK(noted({{"name"_field, "Alpha â€“ Ã‰nergie CitÃ©s"}}) == List{"name mojibake"});
  CHECK(noted({{"contact_name"_field, "JosÃ©"}}) == List{"contact_name mojibake"});
  const Notes notes =
      find_notes(samples::application({{"name"_field, "Alpha â€“ Ã‰nergie CitÃ©s"}}), nullptr);
  CHECK(notes.front().message ==
        "'Alpha â€“ Ã‰nergie CitÃ©s' looks like UTF-8 read as Windows-1252; did you mean 'Alpha – Énergie "
        "Cités'?");
  for (const std::string_view text :
       {"Liège", "Rīga", "São Paulo", "MÜNCHEN“", "Łódź", "Ñuñoa", "Ã", "Âge", "Клімат", "Ελλάς"}) {
    CAPTURE(text);
    CHECK(noted({{"city"_field, text}}).empty());
  }
}

TEST_CASE("an HTML entity is noted") {
  for (const std::string_view text : {"A &amp; B", "&#39;x", "&#x27;", "x&nbsp;y", "caf&eacute;"}) {
    CAPTURE(text);
    CHECK(noted({{"city"_field, text}}) == List{"city entity"});
  }
  for (const std::string_view text : {"A & B; C", "R&D", "&;", "&#;", "a && b;", "& a;"}) {
    CAPTURE(text);
    CHECK(noted({{"city"_field, text}}).empty());
  }
}

TEST_CASE("a placeholder is noted") {
  for (const std::string_view text : {"NULL", "\\N", "N/A", "nan", "None", "-", "n/a", "null", "–"}) {
    CAPTURE(text);
    CHECK(is_placeholder(text));
    CHECK(noted({{"acronym"_field, text}}) == List{"acronym placeholder"});
  }
  for (const std::string_view text : {"NA", "Nantes", "N", "NULLS", "A-", "nonet", "#"}) {
    CAPTURE(text);
    CHECK(!is_placeholder(text));
  }
}

TEST_CASE("a language that may be a country is noted") {
  CHECK(noted({{"language"_field, "ee"}}) == List{"language language"});
  CHECK(noted({{"language"_field, "et"}}).empty());
}

TEST_CASE("an e-mail address that is not of the website is noted") {
  const auto with = [](std::string_view website, std::string_view email) {
    return noted({{"website"_field, website}, {"contact_email"_field, email}});
  };
  CHECK(with("https://alpha.eu/", "desk@beta.eu") == List{"contact_email domain"});
  CHECK(with("https://alpha.eu/", "desk@gmail.com") == List{"contact_email domain"});
  CHECK(with("https://www.alpha.eu/", "desk@ALPHA.eu").empty());
  CHECK(with("https://en.alpha.eu/", "desk@office.alpha.eu").empty());
  CHECK(with("https://bücher.example/", "desk@xn--bcher-kva.example").empty());
  CHECK(with("https://a.co.uk/", "desk@b.co.uk") == List{"contact_email domain"});
  CHECK(noted({{"contact_email"_field, "desk@beta.eu"}}).empty());
}

TEST_CASE("what did not change is not noted again") {
  const Application before = samples::application({{"city"_field, "N/A"}, {"language"_field, "ee"}});
  Application after = before;
  CHECK(find_notes(after, &before).empty());
  after.acronym = samples::parsed<Acronym>("-");
  CHECK(find_notes(after, &before).size() == 1);
}
