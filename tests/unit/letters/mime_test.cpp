#include "core/letters/mime.hpp"

#include <doctest/doctest.h>

using namespace covenant;

namespace {

Email address(std::string_view text) {
  return Email::parse(text).value();
}

Mail mail_with(std::string text) {
  return {.from = {"Office", address("office@example.org")},
          .to = {"Desk", address("desk@example.org")},
          .subject = "News [AP-0001]",
          .message_id = "<AP-0001.1.00000000000000000000000000000000@example.org>",
          .date = Instant::parse("2026-11-06T09:05:07.000Z").value(),
          .language = "en",
          .text = std::move(text),
          .html = "<p>x</p>\n"};
}

bool has(const std::string& mail, std::string_view line) {
  return ("\r\n" + mail).find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
}

}  // namespace

TEST_CASE("the same mail makes the same bytes") {
  CHECK(to_mime(mail_with("a\n")) == to_mime(mail_with("a\n")));
}

TEST_CASE("a body is quoted-printable, and what mail programs would change is encoded") {
  const std::pair<std::string, std::string> table[] = {
      {"plain", "plain"},
      {"a = b", "a =3D b"},
      {"soft ", "soft=20"},
      {"tab\t", "tab=09"},
      {".", "=2E"},
      {"..", ".."},
      {"From here", "=46rom here"},
      {"Rīga", "R=C4=ABga"},
      {"-- ", "--=20"},
      {std::string(76, 'a'), std::string(76, 'a')},
      {std::string(77, 'a'), std::string(75, 'a') + "=\r\naa"},
      {std::string(75, 'a') + "From x", std::string(75, 'a') + "=\r\n=46rom x"},
      {std::string(75, 'a') + "b.", std::string(75, 'a') + "=\r\nb."},
      {std::string(76, 'a') + ".", std::string(75, 'a') + "=\r\na."},
      {std::string(72, 'a') + "ī", std::string(72, 'a') + "=\r\n=C4=AB"},
  };
  for (const auto& row : table) {
    CAPTURE(row.first);
    CHECK(has(to_mime(mail_with(row.first + "\n")), row.second));
  }
}

TEST_CASE("a header is folded between its words, and encoded where it is not plain") {
  const std::pair<std::string, std::string> table[] = {
      {"Plain words", "Subject: Plain words"},
      {"Rīga [AP-0001]", "Subject: =?utf-8?q?R=C4=ABga?= [AP-0001]"},
      {"a ī b ē c", "Subject: a =?utf-8?q?=C4=AB_b_=C4=93?= c"},
      {"=?x?= y", "Subject: =?utf-8?q?=3D=3Fx=3F=3D?= y"},
      {"two\r\nlines\0", "Subject: two lines"},
      {"sixty characters in words that make the line too long for one of the lines",
       "Subject: sixty characters in words that make the line too long for one of\r\n the lines"},
  };
  for (const auto& row : table) {
    CAPTURE(row.first);
    Mail mail = mail_with("a\n");
    mail.subject = row.first;
    CHECK(has(to_mime(mail), row.second));
  }
}

TEST_CASE("a mailbox is one, whatever the name is") {
  const std::pair<std::string, std::string> table[] = {
      {"Contact Desk", "To: Contact Desk <desk@example.org>"},
      {"J. Desk", "To: \"J. Desk\" <desk@example.org>"},
      {"a\" <b@c>, \\", R"(To: "a\" <b@c>, \\" <desk@example.org>)"},
      {"Ilze Kalniņa", "To: =?utf-8?q?Ilze_Kalni=C5=86a?= <desk@example.org>"},
      {"", "To: <desk@example.org>"},
  };
  for (const auto& row : table) {
    CAPTURE(row.first);
    Mail mail = mail_with("a\n");
    mail.to.name = row.first;
    CHECK(has(to_mime(mail), row.second));
  }
  Mail mail = mail_with("a\n");
  mail.to.address = address(".dots..@example.org");
  CHECK(has(to_mime(mail), "To: Desk <\".dots..\"@example.org>"));
}

TEST_CASE("an attachment makes a mail of two parts") {
  Mail mail = mail_with("a\n");
  mail.attachment = Enclosure{"paper.pdf", "application/pdf", std::string(60, 'x')};
  const std::string text = to_mime(mail);
  CHECK(text.find("Content-Type: multipart/mixed;") < text.find("Content-Type: multipart/alternative;"));
  CHECK(has(text, "Content-Disposition: attachment; filename=\"paper.pdf\""));
  CHECK(has(text, "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4"));
}

TEST_CASE("an entry of a mailbox file begins with sender and day, and ends in an empty line") {
  const std::string entry = to_mbox_entry(mail_with("a\n"));
  CHECK(entry.starts_with(
      "From office@example.org Fri Nov  6 09:05:07 2026\r\nDate: Fri, 6 Nov 2026 09:05:07 +0000\r\n"));
  CHECK(entry.ends_with("--\r\n\r\n"));
}
