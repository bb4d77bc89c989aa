#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/base/sink.hpp"
#include "core/formats/public_list.hpp"
#include "core/text/escape.hpp"
#include "tests/unit/support/public_sample.hpp"
#include "tests/unit/support/samples.hpp"

using namespace covenant;
using samples::PublicSample;

namespace {

constexpr std::string_view header =
    "id,name,acronym,categories,level,country,city,website,member_count,description,expertise,practices,"
    "language,partner_since\r\n";

std::string as_csv(CsvReadBy read_by, const std::vector<PublicSample>& partners) {
  StringSink sink;
  PublicCsvWriter writer(sink, read_by);
  for (const PublicSample& partner : partners) writer.row(partner.texts());
  return sink.text();
}

const std::array<std::string, 4> labels = {"Banks", "Industry", "Civil society", "Others"};

/// The smallest partner that is listed.
PublicSample smallest(std::string_view id) {
  return {{"id", id},
          {"name", "Union of the Baltic Cities"},
          {"categories", "civil-society"},
          {"level", "european"},
          {"country", "PL"},
          {"language", "en"},
          {"partner_since", "2024-02-29"}};
}

PublicSample full() {
  return {{"id", "AP-0031"},      {"name", "Klimata alianse"},
          {"acronym", "KA"},      {"categories", "financial;other"},
          {"level", "european"},  {"country", "LV"},
          {"city", "Rīga"},       {"website", "https://example.org/"},
          {"member_count", "12"}, {"description", "One,\ntwo"},
          {"expertise", "Heat"},  {"practices", "Tool <https://example.org/t>\nIdea"},
          {"language", "lv"},     {"partner_since", "2024-02-29"}};
}

}  // namespace

TEST_CASE("the public csv has the public fields alone, as they are") {
  CHECK(as_csv(CsvReadBy::program, {}) == header);
  CHECK(as_csv(CsvReadBy::program, {full(), smallest("AP-0007")}) ==
        std::string(header) +
            "AP-0031,Klimata alianse,KA,financial;other,european,LV,Rīga,https://example.org/,12,"
            "\"One,\ntwo\",Heat,\"Tool <https://example.org/t>\nIdea\",lv,2024-02-29\r\n"
            "AP-0007,Union of the Baltic Cities,,civil-society,european,PL,,,,,,,en,2024-02-29\r\n");
}

TEST_CASE("the public csv does not change what looks like a formula") {
  PublicSample partner = smallest("AP-0001");
  partner["name"] = "=1+1";
  partner["city"] = "'-x";
  CHECK(as_csv(CsvReadBy::program, {partner}) ==
        std::string(header) + "AP-0001,=1+1,,civil-society,european,PL,'-x,,,,,,en,2024-02-29\r\n");
}

TEST_CASE("the csv for spreadsheets has a mark, semicolons and guarded formulas") {
  PublicSample partner = smallest("AP-0001");
  partner["name"] = "=1+1";
  partner["acronym"] = "''@x";
  partner["city"] = "'s-Hertogenbosch";
  partner["categories"] = "financial;other";
  partner["description"] = "＋x";
  CHECK(as_csv(CsvReadBy::spreadsheet, {partner}) ==
        "\xEF\xBB\xBFid;name;acronym;categories;level;country;city;website;member_count;description;"
        "expertise;practices;language;partner_since\r\n"
        "AP-0001;'=1+1;'''@x;\"financial;other\";european;PL;'s-Hertogenbosch;;;'＋x;;;en;2024-02-29\r\n");
}

TEST_CASE("the public json is one object with partners and former partners") {
  StringSink sink;
  PublicSummary summary;
  summary.count = 2;
  summary.modified = samples::day("2026-11-23");
  PublicJsonWriter writer(sink, "Associated \"Partners\"", summary, labels);
  writer.row(full().texts());
  writer.row(smallest("AP-0040").texts());
  writer.former(
      {PartnerId(2), samples::parsed<Name>("Gone"), samples::day("2019-01-01"), samples::day("2020-01-01")});
  writer.former({PartnerId(3), samples::parsed<Name>("Gone too"), samples::day("2019-01-01"),
                 samples::day("2021-01-01"), Successor{PartnerId(1), samples::parsed<Name>("Heir")}});
  writer.finish();
  const auto json = nlohmann::ordered_json::parse(sink.text());
  std::string members;
  for (const auto& [name, value] : json.items()) members += name + " ";
  CHECK(members == "format title modified sequence count categories partners former ");
  CHECK(json["format"] == 1);
  CHECK(json["title"] == "Associated \"Partners\"");
  CHECK(json["modified"] == "2026-11-23");
  CHECK(json["count"] == 2);
  CHECK(json["categories"].dump() ==
        R"({"financial":"Banks","industrial":"Industry","civil-society":"Civil society","other":"Others"})");
  REQUIRE(json["partners"].size() == 2);
  std::string fields;
  for (const auto& [name, value] : json["partners"][0].items()) fields += (fields.empty() ? "" : ",") + name;
  CHECK(fields + "\r\n" == header);
  CHECK(json["partners"][0]["member_count"] == 12);
  CHECK(json["partners"][0]["practices"][0]["url"] == "https://example.org/t");
  CHECK(json["partners"][1]["categories"] == nlohmann::json({"civil-society"}));
  CHECK(json["partners"][1]["website"].is_null());
  CHECK(json["partners"][1]["member_count"].is_null());
  CHECK(json["partners"][1]["practices"].empty());
  CHECK(
      json["former"].dump() ==
      R"([{"id":"AP-0002","name":"Gone","joined":"2019-01-01","ended":"2020-01-01","successor":null},)"
      R"({"id":"AP-0003","name":"Gone too","joined":"2019-01-01","ended":"2021-01-01","successor":"AP-0001"}])");
}

TEST_CASE("the public json of nobody is whole") {
  StringSink sink;
  PublicJsonWriter writer(sink, "T", {}, labels);
  writer.finish();
  CHECK(sink.text() ==
        R"({"format":1,"title":"T","modified":null,"sequence":0,"count":0,"categories":{"financial":"Banks",)"
        R"("industrial":"Industry","civil-society":"Civil society","other":"Others"},"partners":[],)"
        "\"former\":[]}\n");
}

TEST_CASE("what the csv for spreadsheets guards is found by the same rule that takes the guard off") {
  for (const std::string_view cell : {"=1", "'=1", "+", "-1", "@a", "''-", "＝1", "－1", "＠"}) {
    CAPTURE(cell);
    const std::string guarded = std::string(1, '\'').append(cell);
    CHECK(is_formula_like(cell));
    CHECK(is_formula_like(guarded));
  }
}
