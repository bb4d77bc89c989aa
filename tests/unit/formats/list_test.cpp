#include "core/formats/list.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/base/sink.hpp"
#include "tests/unit/support/samples.hpp"

using namespace covenant;

namespace {

const std::vector<Column> shown_columns = {"id"_column, "name"_column, "categories"_column, "country"_column,
                                           "status"_column};

std::string written(ListFormat format, const std::vector<Column>& columns,
                    const std::vector<Partner>& partners, const TableLook& look = {}) {
  StringSink sink;
  const auto writer = make_list_writer(format, columns, sink, look);
  for (const Partner& partner : partners) {
    std::vector<std::string> made(columns.size());
    std::vector<std::string_view> texts;
    for (std::size_t i = 0; i < columns.size(); ++i)
      texts.push_back(column_view(partner, columns[i], made[i]));
    writer->row({partner.status, texts});
  }
  writer->finish();
  return sink.text();
}

const std::vector<Partner>& two() {
  static const std::vector<Partner> partners = {
      samples::partner(31, {{"name"_field, "Klimata \"alianse\", LV"}, {"country"_field, "LV"}}),
      samples::partner(10000,
                       {{"name"_field,
                         "Ā"
                         "ģ"},
                        {"categories"_field, "other;financial"}},
                       Status::approved)};
  return partners;
}

}  // namespace

TEST_CASE("a csv list has a header, CRLF and quotes where they are needed") {
  CHECK(written(ListFormat::csv, shown_columns, two()) ==
        "id,name,categories,country,status\r\n"
        "AP-0031,\"Klimata \"\"alianse\"\", LV\",civil-society,LV,applied\r\n"
        "AP-10000,Āģ,financial;other,PL,approved\r\n");
}

TEST_CASE("a csv list of one column has a row for what is absent") {
  CHECK(written(ListFormat::csv, {"acronym"_column}, two()) == "acronym\r\n\"\"\r\n\"\"\r\n");
}

TEST_CASE("a list without header begins with its first row") {
  const TableLook look{.width = 0, .color = Color::none, .header = Header::hidden};
  CHECK(written(ListFormat::csv, {"id"_column}, two(), look) == "AP-0031\r\nAP-10000\r\n");
  CHECK(written(ListFormat::tsv, {"id"_column}, two(), look) == "AP-0031\nAP-10000\n");
  CHECK(written(ListFormat::table, {"id"_column}, two(), look) == "AP-0031\nAP-10000\n");
  CHECK(written(ListFormat::table, {"id"_column}, {}, look).empty());
}

TEST_CASE("a tsv list keeps each partner on one line") {
  const auto partner = samples::partner(1, {{"description"_field, "one\ntwo \\ three\r\nfour"}});
  CHECK(written(ListFormat::tsv, {"id"_column, "description"_column, "acronym"_column}, {partner}) ==
        "id\tdescription\tacronym\nAP-0001\tone\\ntwo \\\\ three\\r\\nfour\t\n");
}

TEST_CASE("a json list is one array with every partner on a line") {
  CHECK(written(ListFormat::json, {"id"_column, "acronym"_column}, two()) ==
        "[\n{\"id\":\"AP-0031\",\"acronym\":null},\n{\"id\":\"AP-10000\",\"acronym\":null}\n]\n");
  CHECK(written(ListFormat::json, shown_columns, {}) == "[]\n");
}

TEST_CASE("a jsonl list is one object a line and nothing when it is empty") {
  CHECK(written(ListFormat::jsonl, {"id"_column}, two()) == "{\"id\":\"AP-0031\"}\n{\"id\":\"AP-10000\"}\n");
  CHECK(written(ListFormat::jsonl, shown_columns, {}).empty());
}

TEST_CASE("json writes numbers as numbers, lists as arrays and what is absent as null") {
  auto partner = samples::partner(7, {{"member_count"_field, "27"},
                                      {"membership_based"_field, "yes"},
                                      {"categories"_field, "industrial;other"},
                                      {"practices"_field, "Heat <https://example.org/h>\nLight"},
                                      {"description"_field, "a\nb\""}});
  partner.verified_on = samples::day("2026-01-02");
  const std::vector<Column> all(all_columns.begin(), all_columns.end());
  const auto json = nlohmann::ordered_json::parse(written(ListFormat::jsonl, all, {partner}));
  REQUIRE(json.size() == all_columns.size());
  std::size_t i = 0;
  for (const auto& [name, value] : json.items()) CHECK(name == code_of(all[i++]));
  CHECK(json["id"] == "AP-0007");
  CHECK(json["reference"].is_null());
  CHECK(json["member_count"] == 27);
  CHECK(json["membership_based"] == "yes");
  CHECK(json["categories"] == nlohmann::json({"industrial", "other"}));
  CHECK(json["practices"].dump() ==
        R"([{"title":"Heat","url":"https://example.org/h"},{"title":"Light","url":null}])");
  CHECK(json["description"] == "a\nb\"");
  CHECK(json["language"] == "en");
  CHECK(json["status"] == "applied");
  CHECK(json["verified_on"] == "2026-01-02");
  CHECK(json["ended_on"].is_null());
}

TEST_CASE("a table is aligned by display width and has no blanks at the ends of its lines") {
  const std::vector<Partner> partners = {
      samples::partner(1,
                       {{"name"_field, "地方自治体"}, {"acronym"_field, "CJK"}, {"member_count"_field, "7"}}),
      samples::partner(2, {{"name"_field, "Plain"}, {"member_count"_field, "1200"}}),
  };
  CHECK(written(ListFormat::table, {"name"_column, "acronym"_column}, partners) ==
        "name        acronym\n"
        "地方自治体  CJK\n"
        "Plain\n");
  CHECK(written(ListFormat::table, {"id"_column, "member_count"_column, "level"_column}, partners) ==
        "id       member_count  level\n"
        "AP-0001             7  european\n"
        "AP-0002          1200  european\n");
}

TEST_CASE("a table is clipped to the terminal: names first, and then columns go") {
  const auto partner = samples::partner(
      31, {{"name"_field, "A very long name of a very long organisation"}, {"city"_field, "Gdańsk"}});
  TableLook look{.width = 40, .color = Color::none, .header = Header::shown};
  CHECK(written(ListFormat::table, {"id"_column, "name"_column, "city"_column}, {partner}, look) ==
        "id       name                     city\n"
        "AP-0031  A very long name of a …  Gdańsk\n");
  look.width = 12;
  CHECK(written(ListFormat::table, {"id"_column, "name"_column, "city"_column}, {partner}, look) ==
        "id…\n"
        "AP-0031\n");
}

TEST_CASE("a table never sends a control character of the data to the terminal") {
  const auto partner = samples::partner(1, {{"description"_field, "one\r\ntwo\nthree"}});
  CHECK(written(ListFormat::table, {"description"_column}, {partner}) == "description\none two three\n");
}

TEST_CASE("a coloured table has a bold header and a coloured status") {
  const TableLook look{.width = 0, .color = Color::ansi, .header = Header::shown};
  CHECK(written(ListFormat::table, {"status"_column, "id"_column}, {samples::partner(1)}, look) ==
        "\x1b[1mstatus\x1b[0m   \x1b[1mid\x1b[0m\n"
        "\x1b[33mapplied\x1b[0m  AP-0001\n");
}

TEST_CASE("a table takes its widths from its first 200 rows and goes on with them") {
  std::vector<Partner> partners;
  for (int i = 1; i <= 200; ++i) partners.push_back(samples::partner(i, {{"city"_field, "Rīga"}}));
  partners.push_back(samples::partner(201, {{"city"_field, "Daugavpils"}}));
  const std::vector<Column> columns = {"city"_column, "id"_column};
  TableLook look{.width = 0, .color = Color::none, .header = Header::shown};
  const std::string whole = written(ListFormat::table, columns, partners, look);
  CHECK(whole.starts_with("city  id\nRīga  AP-0001\n"));
  CHECK(whole.ends_with("\nRīga  AP-0200\nDaugavpils  AP-0201\n"));
  look.width = 80;
  CHECK(written(ListFormat::table, columns, partners, look).ends_with("\nDau…  AP-0201\n"));
}
