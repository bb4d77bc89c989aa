#include "core/text/csv_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>

using namespace covenant;

namespace {

/// Returns a text in pieces of at most `piece` bytes.
ByteSource pieces_of(std::string_view text, std::size_t piece) {
  return [text, piece, given = std::size_t{0}](char* buffer, std::size_t size) mutable {
    const std::size_t count = text.substr(given, std::min(piece, size)).copy(buffer, size);
    given += count;
    return count;
  };
}

/// All that a reader finds: "1:a|b\n" for a record on line 1, "2!3\n" for a malformed one that begins on line
/// 2 with its trouble on line 3.
std::string found_in(std::string_view text, char delimiter = ',', std::size_t piece = 1000) {
  CsvReader reader(pieces_of(text, piece), delimiter);
  std::string found;
  for (CsvResult result = reader.next(); result != CsvResult::end; result = reader.next()) {
    found += std::to_string(reader.line());
    if (result == CsvResult::malformed) {
      CHECK(reader.problem().code == ProblemCode::quote);
      CHECK(reader.fields().empty());
      found += "!" + std::to_string(reader.problem().line);
    } else {
      char before = ':';
      for (const CsvField& field : reader.fields())
        found.append(1, std::exchange(before, '|')).append(field.text);
    }
    found += "\n";
  }
  return found;
}

/// Every record as it is in the file, with its line end.
std::string put_together(std::string_view text, std::size_t piece) {
  CsvReader reader(pieces_of(text, piece), ',');
  std::string whole;
  while (reader.next() != CsvResult::end) whole.append(reader.raw()).append(reader.line_end());
  return whole;
}

struct Case {
  std::string_view text;
  std::string_view found;
};

constexpr Case ok[] = {
    {"", ""},
    {"\n", ""},
    {"\r\n\n\r\n", ""},
    {"a", "1:a\n"},
    {"a,b,c\n1,2,3\n", "1:a|b|c\n2:1|2|3\n"},
    {"a,b,c\r\n1,2,3\r\n", "1:a|b|c\n2:1|2|3\n"},
    {"\xEF\xBB\xBF"
     "a,b\n1,2",
     "1:a|b\n2:1|2\n"},
    {"\xEF\xBB\xBF", ""},
    {"\xEF\xBB", "1:\xEF\xBB\n"},
    {"\xEF\xBB\xBF\"a\",b\n", "1:a|b\n"},
    {",", "1:|\n"},
    {",,\n,,,", "1:||\n2:|||\n"},
    {"\"\"", "1:\n"},
    {"\n\na\n\r\nb\n\n", "3:a\n5:b\n"},
    {" \n", "1: \n"},
    {"first,address,zip\nJohn,\"Anytown, WW\",08123", "1:first|address|zip\n2:John|Anytown, WW|08123\n"},
    {"a,b,c\n1,\"\",\"\"\n2,3,4", "1:a|b|c\n2:1||\n3:2|3|4\n"},
    {"a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", "1:a|b\n2:1|ha \"ha\" ha\n3:3|4\n"},
    {"k,v\n1,\"{\"\"type\"\": \"\"Point\"\"}\"\n", "1:k|v\n2:1|{\"type\": \"Point\"}\n"},
    {"a,b,c\n\"Once upon \na time\",5,6\n7,8,9\n", "1:a|b|c\n2:Once upon \na time|5|6\n4:7|8|9\n"},
    {"a,b\n1,\"ha \r\n\"\"ha\"\" \r\nha\"\r\n3,4\r\n", "1:a|b\n2:1|ha \r\n\"ha\" \r\nha\n5:3|4\n"},
    {"a,\tb ,c", "1:a|\tb |c\n"},
    {"A,\" B  \",C", "1:A| B  |C\n"},
    {"A,\"B\nB\",\"C\nC\nC\"\nd", "1:A|B\nB|C\nC\nC\n5:d\n"},
    {"A,\"B\"\"B\"\"B\",C", "1:A|B\"B\"B|C\n"},
    {"A,\"\"\"B\"\"\",C", "1:A|\"B\"|C\n"},
    {"A,\"\"\",\"\"\",C", "1:A|\",\"|C\n"},
    {"A,\",\"\"\",C", "1:A|,\"|C\n"},
    {"A,\"\"\",\",C", "1:A|\",|C\n"},
    {"\"1\",\"cnonce=\"\"\"\",nc=\"\"\"\"\",\"2\"", "1:1|cnonce=\"\",nc=\"\"|2\n"},
    {"a,b,\"c\"\"c\"\"\"\nd,e,f", "1:a|b|c\"c\"\n2:d|e|f\n"},
    {"a,b,c\n,\"h\",\"i\"\n", "1:a|b|c\n2:|h|i\n"},
    {"# no remark,x\n", "1:# no remark|x\n"},
    {"a;b\tc\n", "1:a;b\tc\n"},
    {"\xFF\xFE,\x80\n", "1:\xFF\xFE|\x80\n"},
    {std::string_view("a\0b,\0\n", 6), std::string_view("1:a\0b|\0\n", 8)},
};

constexpr Case malformed[] = {
    {"A,B\",C\nd,e\n", "1!1\n2:d|e\n"},
    {"A,B \"B\",C\n", "1!1\n"},
    {"A, \"B\" ,C\nd\n", "1!1\n2:d\n"},
    {"a,37\"N\r\nb\r\n", "1!1\n2:b\n"},
    {"a,\"b\"c,d\ne,f\n", "1!1\n2:e|f\n"},
    {"a,\"b\" ,d\ne,f\n", "1!1\n2:e|f\n"},
    {"a,\"b,c\nd\"e,f,g\nh\n", "1!1\n2!2\n3:h\n"},
    {"x\na,\"b,c\nd,e,f", "1:x\n2!2\n3:d|e|f\n"},
    {"x\na,\"b,c\nd,\"e\",f\n", "1:x\n2!2\n3:d|e|f\n"},
    {"x\na,\"b,c\r\n\"d, e\",f\r\n", "1:x\n2!2\n3:d, e|f\n"},
    {"x\na,\"1\n2\",\"b\nd,e\n", "1:x\n2!3\n4:d|e\n"},
    {"x\na,\"b\nc,\"d\ne,f\n", "1:x\n2!2\n3!3\n4:e|f\n"},
    {"x\n\"\na,\"\"b,c\nd\"\",e,f", "1:x\n2!2\n3!3\n4!4\n"},
    {"\"", "1!1\n"},
    {"\"\"\"", "1!1\n"},
    {"a\rb\nc\n", "1!1\n2:c\n"},
    {"a,\"b\"\rc\nd\n", "1!1\n2:d\n"},
    {"a\r", "1!1\n"},
    {"\r", "1!1\n"},
    {"\r\r\n", "1!1\n"},
    {"\"\r\"\r\n\"x\ny\"z\r\n1\r\n", "1:\r\n2!2\n3!3\n4:1\n"},
    {"a\"b,\"x\ny\",z\nq\n", "1!1\n2!2\n3:q\n"},
};

/// RFC 4180 character by character, as plainly as possible.
class Oracle {
 public:
  explicit Oracle(std::string_view text) : text_(text) {}

  std::string found() {
    while (at_ < text_.size()) {
      if (line_end_at(at_) > 0) {
        at_ += line_end_at(at_);
        ++line_;
        continue;
      }
      const std::uint64_t first = line_;
      std::string fields;
      if (record(fields)) {
        found_ += std::to_string(first) + fields + "\n";
      } else {
        found_ += std::to_string(first) + "!" + std::to_string(trouble_) + "\n";
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      }
      if (at_ < text_.size()) ++line_;
      at_ += line_end_at(at_);
    }
    return found_;
  }

 private:
  std::size_t line_end_at(std::size_t at) const {
    if (text_.substr(at, 1) == "\n") return 1;
    return text_.substr(at, 2) == "\r\n" ? 2 : 0;
  }

  bool record(std::string& fields) {
    for (char before = ':';; before = '|') {
      fields += before;
      if (!field(fields)) return false;
      if (at_ == text_.size() || line_end_at(at_) > 0) return true;
      if (text_[at_] != ',') return text_[at_] != '\r' && opened_ < line_ ? fail_opening() : fail(line_);
      ++at_;
    }
  }

  bool field(std::string& fields) {
    opened_ = line_;
    if (at_ == text_.size() || text_[at_] != '"') {
      for (; at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\r' && text_[at_] != '\n'; ++at_) {
        if (text_[at_] == '"') return fail(line_);
        fields += text_[at_];
      }
      return true;
    }
    opened_at_ = at_;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"' && text_.substr(at_ + 1, 1) != "\"") {
        ++at_;
        return true;
      }
      if (text_[at_] == '"') ++at_;
      if (text_[at_] == '\n') ++line_;
      fields += text_[at_];
    }
    return fail_opening();
  }

  /// A quote that is never closed costs the line on which it was opened.
  bool fail_opening() {
    at_ = opened_at_;
    line_ = opened_;
    return fail(opened_);
  }

  bool fail(std::uint64_t line) {
    trouble_ = line;
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t opened_ = 0;
  std::size_t opened_at_ = 0;
  std::uint64_t trouble_ = 0;
  std::string found_;
};

}  // namespace

TEST_CASE("well-formed CSV is read as it is meant") {
  for (const Case& one : ok) {
    CAPTURE(one.text);
    CHECK(found_in(one.text) == one.found);
  }
}

TEST_CASE("malformed CSV is refused with its line, and reading goes on after it") {
  for (const Case& one : malformed) {
    CAPTURE(one.text);
    CHECK(found_in(one.text) == one.found);
  }
}

TEST_CASE("what is found does not depend on the pieces in which the file comes") {
  for (const Case& one : ok) {
    for (const std::size_t piece : {1U, 2U, 3U, 7U}) CHECK(found_in(one.text, ',', piece) == one.found);
  }
  for (const Case& one : malformed) {
    for (const std::size_t piece : {1U, 2U, 3U, 7U}) CHECK(found_in(one.text, ',', piece) == one.found);
  }
}

TEST_CASE("a wrong character at any place is found as the grammar says, and no byte is lost") {
  const std::string_view good = "id,name\r\n1,\"a \"\"b\"\"\r\n, c\"\r\n\"\",z\n\"q\",\"\"\"\"\n9,x y\r\n";
  for (std::size_t place = 0; place <= good.size(); ++place) {
    for (const char wrong : {'"', '\r', '\n', ',', 'x', ' '}) {
      std::string inserted(good);
      inserted.insert(place, 1, wrong);
      std::string replaced(good);
      replaced[std::min(place, good.size() - 1)] = wrong;
      for (const std::string& text : {inserted, replaced, inserted.substr(0, place + 1)}) {
        CAPTURE(text);
        const std::string expected = Oracle(text).found();
        CHECK(found_in(text) == expected);
        CHECK(found_in(text, ',', 1) == expected);
        std::string whole = put_together(text, 3);
        std::string bytes = text;
        // Empty lines are passed over; all else has to be there.
        std::erase_if(whole, [](char c) { return c == '\r' || c == '\n'; });
        std::erase_if(bytes, [](char c) { return c == '\r' || c == '\n'; });
        CHECK(whole == bytes);
      }
    }
  }
}

TEST_CASE("records keep their bytes and line ends as they are in the file") {
  const std::string_view text = "a,\"b\"\r\n\"x\r\n\"\"y\",\nbad\"\nlast,\"\"";
  CHECK(put_together(text, 1000) == text);
  CHECK(put_together(text, 1) == text);
  CsvReader reader(pieces_of(text, 1000), ',');
  REQUIRE(reader.next() == CsvResult::record);
  CHECK(reader.raw() == "a,\"b\"");
  CHECK(reader.line_end() == "\r\n");
  REQUIRE(reader.next() == CsvResult::record);
  CHECK(reader.fields()[0].text == "x\r\n\"y");
  CHECK(reader.fields()[0].raw == "\"x\r\n\"\"y\"");
  CHECK(reader.fields()[0].line == 2);
  CHECK(reader.fields()[1].raw.empty());
  CHECK(reader.fields()[1].line == 3);
  CHECK(reader.line_end() == "\n");
  REQUIRE(reader.next() == CsvResult::malformed);
  CHECK(reader.raw() == "bad\"");
  CHECK(reader.problem().value == "bad\"");
  REQUIRE(reader.next() == CsvResult::record);
  CHECK(reader.line() == 5);
  CHECK(reader.raw() == "last,\"\"");
  CHECK(reader.line_end().empty());
  CHECK(reader.next() == CsvResult::end);
  CHECK(reader.next() == CsvResult::end);
}

TEST_CASE("a quoted field that never ends costs the line on which it was opened") {
  const std::string_view text = "a\nb,\"c\nd\ne";
  CsvReader reader(pieces_of(text, 4), ',');
  REQUIRE(reader.next() == CsvResult::record);
  REQUIRE(reader.next() == CsvResult::malformed);
  CHECK(reader.problem().line == 2);
  CHECK(reader.problem().value == "\"c");
  CHECK(reader.raw() == "b,\"c");
  CHECK(reader.line_end() == "\n");
  REQUIRE(reader.next() == CsvResult::record);
  CHECK(reader.raw() == "d");
  REQUIRE(reader.next() == CsvResult::record);
  CHECK(reader.line() == 4);
  CHECK(reader.next() == CsvResult::end);
}

TEST_CASE("a quoted field that does not end within the largest record costs its own line") {
  std::string text = "a\n\"b\n";
  while (text.size() < 2 * CsvReader::largest_record) text += "c\n";
  CsvReader reader(pieces_of(text, 65'537), ',');
  REQUIRE(reader.next() == CsvResult::record);
  REQUIRE(reader.next() == CsvResult::malformed);
  CHECK(reader.problem().line == 2);
  CHECK(reader.raw() == "\"b");
  std::size_t rows = 0;
  while (reader.next() == CsvResult::record) ++rows;
  CHECK(rows == (text.size() - 5) / 2);
}

TEST_CASE("a record of more fields than anybody needs costs its own line, and no memory") {
  const std::string most(CsvReader::most_fields - 1, ',');
  const std::string text = "a\n" + most + "\n" + most + ",\n" + std::string(1'000'000, ',') + "\nb\n";
  CsvReader reader(pieces_of(text, 65'537), ',');
  REQUIRE(reader.next() == CsvResult::record);
  REQUIRE(reader.next() == CsvResult::record);
  CHECK(reader.fields().size() == CsvReader::most_fields);
  for (const std::uint64_t line : {3U, 4U}) {
    REQUIRE(reader.next() == CsvResult::malformed);
    CHECK(reader.problem().line == line);
    CHECK(reader.problem().message.find("1024 fields") != std::string::npos);
    CHECK(reader.problem().value.size() == 200);
  }
  REQUIRE(reader.next() == CsvResult::record);
  CHECK(reader.raw() == "b");
}

TEST_CASE("the offending field is quoted in part when it is long, and never cut inside a character") {
  std::string text = "\"";
  for (int i = 0; i < 500; ++i) text += "ā";
  CsvReader reader(pieces_of(text, 1000), ',');
  REQUIRE(reader.next() == CsvResult::malformed);
  CHECK(reader.problem().value == text.substr(0, 199));
}

TEST_CASE("other delimiters leave commas alone") {
  CHECK(found_in("a;b,c;\"d;e\"\n", ';') == "1:a|b,c|d;e\n");
  CHECK(found_in("a\tb,c\t\"d\te\"\n", '\t') == "1:a|b,c|d\te\n");
}

TEST_CASE("records longer than the buffer are read whole") {
  std::string text;
  std::string expected;
  for (int i = 1; i <= 5; ++i) {
    const std::string field(200'000 * static_cast<std::size_t>(i), static_cast<char>('a' + i));
    text.append("\"").append(field).append("\"\"\",x\r\n");
    expected += std::to_string(i) + ":" + field + "\"|x\n";
  }
  CHECK(found_in(text, ',', 1 << 20) == expected);
  CHECK(found_in(text, ',', 4099) == expected);
}

TEST_CASE("many records keep their lines over the edges of the buffer") {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += i % 3 == 0 ? "\"a\r\nb\",ccccccccccc\r\n" : "dddd,\"e\"\"e\"\n";
  CsvReader reader(pieces_of(text, 65'537), ',');
  std::uint64_t line = 1;
  for (int i = 0; i < 40'000; ++i) {
    REQUIRE(reader.next() == CsvResult::record);
    REQUIRE(reader.line() == line);
    REQUIRE(reader.fields()[0].text == (i % 3 == 0 ? "a\r\nb" : "dddd"));
    line += i % 3 == 0 ? 2 : 1;
  }
  CHECK(reader.next() == CsvResult::end);
}

TEST_CASE("a record that is too long is refused and ends the file") {
  std::string text = "a\n\"";
  text.append(CsvReader::largest_record + 100'000, 'x');
  text += "\"\nb\n";
  CsvReader reader(pieces_of(text, 100'000), ',');
  REQUIRE(reader.next() == CsvResult::record);
  REQUIRE(reader.next() == CsvResult::malformed);
  CHECK(reader.line() == 2);
  CHECK(reader.problem().line == 2);
  CHECK(reader.next() == CsvResult::end);
}
