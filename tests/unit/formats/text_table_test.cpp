#include "core/formats/text_table.hpp"

#include <doctest/doctest.h>

using namespace covenant;

namespace {

using Side = TextColumn::Side;

const std::vector<TextColumn> columns{{"id"}, {"days", Side::right, 6}, {"name"}};

std::string written(const TableLook& look, const RowDetail& detail = {"command"}) {
  StringSink sink;
  TextTable table(columns, detail, sink, look);
  table.row({"AP-0001", "784", "Energy\nNetwork"}, "covenant renew AP-0001");
  table.row({"AP-0002", "5", "Heat \x1b[1m"}, "");
  table.finish();
  return sink.text();
}

}  // namespace

TEST_CASE("elsewhere than on a terminal each row of a table is one line and whole") {
  CHECK(written({}) ==
        "id         days  name            command\n"
        "AP-0001     784  Energy Network  covenant renew AP-0001\n"
        "AP-0002       5  Heat \\x1b[1m\n");
}

TEST_CASE("on a terminal the detail of a row is below it") {
  CHECK(written({.width = 80}) ==
        "id         days  name\n"
        "AP-0001     784  Energy Network\n"
        "         covenant renew AP-0001\n"
        "AP-0002       5  Heat \\x1b[1m\n");
}

TEST_CASE("a detail that is a text is wrapped, a command is not") {
  const TableLook narrow{.width = 25};
  CHECK(written(narrow).find("         covenant renew AP-0001\n") != std::string::npos);
  CHECK(written(narrow, {"change", RowDetail::Lines::wrapped})
            .find("         covenant renew\n         AP-0001\n") != std::string::npos);
}

TEST_CASE("a wide terminal has the detail beside the row, and the last column makes room for it") {
  const RowDetail beside{"command", RowDetail::Lines::whole, 60};
  CHECK(written({.width = 59}, beside) == written({.width = 80}));
  CHECK(written({.width = 60}, beside) == written({}));
  StringSink sink;
  TextTable table(columns, beside, sink, {.width = 60});
  table.row({"AP-0001", "784", std::string(90, 'x')}, "covenant renew AP-0001");
  table.finish();
  CHECK(sink.text().find("  " + std::string(19, 'x') + "…  covenant renew AP-0001\n") != std::string::npos);
}

TEST_CASE("headings are bold and commands faint where there is colour") {
  const std::string text = written({.width = 80, .color = Color::ansi});
  CHECK(text.starts_with("\x1b[1mid         days  name\x1b[0m\n"));
  CHECK(text.find("         \x1b[2mcovenant renew AP-0001\x1b[0m\n") != std::string::npos);
}

TEST_CASE("a column that may be clipped is clipped on a terminal alone") {
  for (const std::size_t width : {std::size_t{0}, std::size_t{80}}) {
    StringSink sink;
    TextTable table({{"actor", Side::left, 0, 8}, {"action"}}, {}, sink, {.width = width});
    table.row({"somebody else", "note"});
    table.finish();
    CHECK(sink.text() == (width == 0 ? "actor          action\nsomebody else  note\n"
                                     : "actor     action\nsomebod…  note\n"));
  }
}

TEST_CASE("a table without rows has its headings") {
  StringSink sink;
  TextTable table(columns, {}, sink, {});
  table.finish();
  CHECK(sink.text() == "id    days  name\n");
}
