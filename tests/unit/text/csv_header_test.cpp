#include "core/text/csv_header.hpp"

#include <doctest/doctest.h>

using namespace covenant;

TEST_CASE("names of columns are compared without case, blanks, hyphens and underscores") {
  for (const char* name :
       {"contact_email", "Contact e-mail", "CONTACT EMAIL", " Contact-Email ", "contactemail",
        "contact\u00A0email\u00A0", "\uFEFFcontact_email", "contact\u2011email", "contact\u2013email",
        "con\u00ADtact\nemail", "\u200Bcontact\u3000email\t"}) {
    CAPTURE(name);
    CHECK(folded_column_name(name) == "contactemail");
  }
  CHECK(folded_column_name("e.mail") == "e.mail");
  CHECK(folded_column_name("Größe") == "größe");
  CHECK(folded_column_name(" \u00A0") == "");
}

TEST_CASE("a line that names the separator is recognised however it was saved") {
  for (const char* line : {"sep=;", "SEP=;", "\"sep=;\"", "sep=;;;;", "sep=;\r", "\"sep=;\",,,"}) {
    CAPTURE(line);
    CHECK(separator_of(line) == ';');
  }
  CHECK(separator_of("sep=,") == ',');
  CHECK(separator_of("sep=\t") == '\t');
  CHECK(separator_of("sep=\\t") == '\t');
  CHECK(separator_of("sep=|") == '|');
  for (const char* line : {"", "sep=", "sep=;name", "name;sep=;", "separator=;", "sep;"}) {
    CAPTURE(line);
    CHECK_FALSE(separator_of(line).has_value());
  }
}

TEST_CASE("the delimiter is the one by which the most names are known") {
  const std::vector<std::string_view> known = {"id", "name", "contact_email"};
  CHECK(detect_delimiter("id,name\n1,2\n", known) == ',');
  CHECK(detect_delimiter("id;name\n1,2;3,4\n", known) == ';');
  CHECK(detect_delimiter("id\tname\n", known) == '\t');
  CHECK(detect_delimiter("\xEF\xBB\xBF\"id\";\"contact-email\"\r\n", known) == ';');
  CHECK(detect_delimiter("name\n", known) == ',');
  CHECK(detect_delimiter("id;what,name;contact_email", known) == ';');
  CHECK(detect_delimiter("unknown;names\n", known) == ',');
  CHECK(detect_delimiter("", known) == ',');
  CHECK(detect_delimiter("Contact E-mail ; NAME\n", known) == ';');
  CHECK(detect_delimiter("sep=;\r\nid;name\r\n", known) == ';');
  CHECK(detect_delimiter("sep=;\nname\n", known) == ';');
  CHECK(detect_delimiter("sep=|\nid;name\n", known) == ';');
  CHECK(detect_delimiter("sep=,;;\nid;name\n", known) == ';');
  CHECK(detect_delimiter(";;;\n\nid;name\n", known) == ';');
}
