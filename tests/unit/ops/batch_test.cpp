#include "core/ops/batch.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/sink.hpp"
#include "core/text/utf8.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;

namespace {

const BatchColumns columns{
    .known = {"name", "city"}, .ignored = {"id"}, .required = {"name"}, .naming = {"id"}};

/// A batch whose rows are done unless their city is "Atlantis", and what it reported.
struct Batch {
  std::vector<std::string> names;
  std::vector<Problem> problems;
  std::vector<std::string> encodings;
  StringSink rejects;
  BatchCounts counts;

  explicit Batch(std::string_view text) {
    const auto source = [text, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
      const std::size_t count = text.copy(buffer, size, at);
      at += count;
      return count;
    };
    const auto handle = [this](const BatchRow& row) -> OutcomeResult {
      if (row.cells[1] && find_invalid_utf8(*row.cells[1]))
        return refuse(Problem::of(ProblemCode::encoding, *row.cells[1], "not UTF-8"));
      if (row.cells[1] == "Atlantis")
        return refuse(Problem::of(ProblemCode::choice, *row.cells[1], "it sank"));
      names.emplace_back(row.cells[0].value_or("(none)"));
      return Outcome{Effect::applied, PartnerId(1), Status::applied};
    };
    const BatchListener listener{[](const Outcome&) {},
                                 [this](const Problem& problem) { problems.push_back(problem); },
                                 [](std::uint64_t) {},
                                 [this](const Problem& problem, const FileKind& kind) {
                                   problems.push_back(problem);
                                   encodings.emplace_back(kind.encoding);
                                 }};
    counts = run_batch({source, std::nullopt}, columns, handle, listener, &rejects);
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("each row of a spreadsheet is handled, whatever the order of its columns and its delimiter") {
  for (const char* text : {"name,city\nUnion,Gdańsk\nCities,\n", "city;name\nGdańsk;Union\n;Cities\n",
                           "name\tcity\tid\r\nUnion\tGdańsk\t7\r\nCities\t\t\r\n"}) {
    CAPTURE(text);
    const Batch batch(text);
    CHECK(batch.names == Names{"Union", "Cities"});
    CHECK(batch.counts.read == 2);
    CHECK(batch.counts.applied == 2);
    CHECK(batch.counts.all_good());
    CHECK(batch.problems.empty());
  }
}

TEST_CASE("a row with a problem is left out, reported with its line, and the next one is read") {
  const Batch batch("name,city\nUnion,Gdańsk\n\"Lost\nCity\",Atlantis\nCities,Riga\n");
  CHECK(batch.names == Names{"Union", "Cities"});
  CHECK(batch.counts.rejected == 1);
  CHECK_FALSE(batch.counts.all_good());
  REQUIRE(batch.problems.size() == 1);
  CHECK(batch.problems[0].line == 3);
  CHECK(batch.problems[0].message == "it sank");
}

TEST_CASE("rejected rows are written byte for byte, with what is wrong behind them") {
  const Batch batch("name,city\nUnion,Gdańsk\n\"Lost\nCity\",Atlantis\n");
  const std::string& rejects = batch.rejects.text();
  CHECK(rejects.starts_with("name,city,error_line,error_column,error_code,error"));
  CHECK(rejects.find("\"Lost\nCity\",Atlantis,3,") != std::string::npos);
  CHECK(rejects.find("choice") != std::string::npos);
  CHECK(rejects.find("Union") == std::string::npos);
}

TEST_CASE("a header that is not valid is refused before any row is read") {
  for (const char* text : {"", "city\nGdańsk\n", "name,town\nUnion,Gdańsk\n", "name,name\nUnion,Union\n"}) {
    CAPTURE(text);
    const Batch batch(text);
    CHECK(batch.names.empty());
    CHECK(batch.counts.read == 0);
    CHECK_FALSE(batch.counts.all_good());
    REQUIRE_FALSE(batch.problems.empty());
    CHECK(batch.problems[0].code == ProblemCode::columns);
  }
}

TEST_CASE("a column that identifies the partner lifts the requirement of its name") {
  const Batch batch("id,city\n7,Gdańsk\n");
  CHECK(batch.names == Names{"(none)"});
  CHECK(batch.counts.all_good());
}

TEST_CASE("rows without any value are passed over and counted") {
  const Batch batch(",\nname,city\n,\n \t,\u00A0\nUnion,Gdańsk\n\n,,,,\n\"\",\n\r\n");
  CHECK(batch.names == Names{"Union"});
  CHECK(batch.counts.read == 1);
  CHECK(batch.counts.blank == 7);
  CHECK(batch.counts.all_good());
}

TEST_CASE("a value in a column without a name is a problem that gives the column's number") {
  const Batch batch("name,,city,\nUnion,,Gdańsk,\nCities,,Riga,x\n");
  CHECK(batch.names == Names{"Union"});
  REQUIRE(batch.problems.size() == 1);
  CHECK(batch.problems[0].code == ProblemCode::columns);
  CHECK(batch.problems[0].line == 3);
  CHECK(batch.problems[0].value == "x");
  CHECK(batch.problems[0].message.find("column 4: 'x'") == 0);
}

TEST_CASE("a file in another encoding is reported once, and each row of it rejected") {
  const Batch latin("name,city\nUni\xF3n,Atl\xE1ntida\nUni\xF3n,Atl\xE1ntida\n");
  CHECK(latin.encodings == Names{"windows-1252"});
  CHECK(latin.problems.size() == 1);
  CHECK(latin.counts.rejected == 2);
  const Batch wide(std::string_view("\xFF\xFEn\0a\0m\0e\0\n\0", 12));
  CHECK(wide.encodings == Names{"utf-16"});
  CHECK(wide.problems.size() == 1);
  CHECK_FALSE(wide.counts.header_is_valid);
}

TEST_CASE("rejected again, a row has what is wrong behind it once") {
  const char* header = "name,city,error_line,error_column,error_code,error\n";
  for (const char* row : {"Lost,Atlantis", "Lost,Riga,x", "Lost", "\"Lost\" City,Riga", "Lost,\"Riga"}) {
    CAPTURE(row);
    const Batch first(std::string("name,city\n") + row + "\n");
    const std::string once = first.rejects.text();
    CHECK(once.starts_with(header + std::string(row) + ",2,"));
    const Batch second(once);
    CHECK(second.rejects.text().starts_with(header + std::string(row) + ",2,"));
    const Batch third(second.rejects.text());
    CHECK(third.rejects.text().starts_with(header + std::string(row) + ",2,"));
  }
}
