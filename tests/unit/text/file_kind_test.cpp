#include "core/text/file_kind.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace covenant;

namespace {

std::string name_of_kind(std::string_view head) {
  const auto kind = recognise_file(head);
  return kind ? std::string(kind->name) : "";
}

}  // namespace

TEST_CASE("files that are no CSV in UTF-8 are recognised by what they begin with") {
  using namespace std::string_view_literals;
  CHECK(name_of_kind("\xFF\xFEn\0a\0"sv) == "UTF-16 file");
  CHECK(name_of_kind("\xFE\xFF\0n\0a"sv) == "UTF-16 file");
  CHECK(name_of_kind("n\0a\0m\0e\0,\0"sv) == "UTF-16 file");
  CHECK(recognise_file("n\0a\0m\0e\0"sv)->encoding == "utf-16le");
  CHECK(recognise_file("\0n\0a\0m\0e"sv)->encoding == "utf-16be");
  CHECK(name_of_kind("\xFF\xFE\0\0n\0\0\0"sv) == "UTF-32 file");
  CHECK(name_of_kind("PK\x03\x04 [Content_Types].xml xl/workbook.xml") == "spreadsheet document (xlsx)");
  CHECK(name_of_kind("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet") ==
        "spreadsheet document (ods)");
  CHECK(name_of_kind("PK\x03\x04 word/document.xml") == "text document");
  CHECK(name_of_kind("PK\x03\x04 [Content_Types].xml") == "spreadsheet document");
  CHECK(name_of_kind("PK\x03\x04 photo.jpg") == "ZIP archive");
  CHECK(name_of_kind("\x7F"
                     "ELF\x02") == "program");
  CHECK(name_of_kind(std::string(60, '\0') + "name") == "binary file");
  CHECK(name_of_kind(std::string(60, '\0')).empty());
  CHECK(name_of_kind("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more") == "spreadsheet document (xls)");
  CHECK(name_of_kind("%PDF-1.7\n") == "PDF document");
  CHECK(name_of_kind("\n\n<!DOCTYPE HTML>") == "HTML page");
  CHECK(name_of_kind("\xEF\xBB\xBF<table border=1>") == "HTML page");
  CHECK(name_of_kind(
            "<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">") ==
        "spreadsheet document (XML)");
  CHECK(name_of_kind("<?xml version=\"1.0\"?><a/>") == "XML document");
}

TEST_CASE("text in UTF-8 is none of these kinds") {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {""sv, "a"sv, "\xEF\xBB\xBFname,city\n"sv, "name,city\nFédération,Gdańsk\n"sv, "na\0me,city\n"sv,
        "PK,PN\n"sv, "\0\0\0\0"sv, "<b>,name\n"sv}) {
    CAPTURE(text);
    CHECK_FALSE(recognise_file(text).has_value());
  }
}

TEST_CASE("text is probably Windows-1252 when nothing in it is UTF-8 and each byte has a character there") {
  CHECK(is_probably_windows_1252("caf\xE9"));
  CHECK(is_probably_windows_1252("\x80 \x96 \xFF"));
  CHECK_FALSE(is_probably_windows_1252("cafe"));
  CHECK_FALSE(is_probably_windows_1252("café"));
  CHECK_FALSE(is_probably_windows_1252("café caf\xE9"));
  CHECK_FALSE(is_probably_windows_1252("caf\xE9 \x81"));
}
