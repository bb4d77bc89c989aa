#include "core/documents/reading.hpp"

#include <doctest/doctest.h>

#include "core/base/error.hpp"
#include "core/documents/judgement.hpp"
#include "core/documents/request.hpp"

using namespace covenant;

namespace {

Reading full_reading() {
  const Instant moment = *Instant::parse("2026-11-23T08:53:46.000Z");
  Reading reading;
  reading.kind = DocumentKind::email;
  reading.type = "message/rfc822";
  reading.size = 4711;
  reading.sha256 = std::string(64, 'a');
  reading.signatures = {{.verdict = SignatureVerdict::valid,
                         .name = "Contact \"Desk\"",
                         .email = "desk@example.org",
                         .organisation = "Eksemplār\\Asociācija",
                         .country = "LV",
                         .serial = "100E",
                         .issuer = "CN=Issuing CA",
                         .certificate = std::string(64, 'd'),
                         .anchor = std::string(64, 'e'),
                         .not_before = moment,
                         .not_after = moment,
                         .signed_at = moment,
                         .timestamp = moment,
                         .timestamp_anchor = std::string(64, 'f'),
                         .covers = Coverage::part,
                         .notes = {"one", "two"}},
                        Signature{}};
  const Attachment attachment{
      .name = "a.pdf", .type = "application/pdf", .size = 1, .sha256 = std::string(64, 'b')};
  reading.email = EmailHeader{.from = "desk@example.org",
                              .date = moment,
                              .received_on = *Date::parse("2026-11-24"),
                              .message_id = "<1@example.org>",
                              .in_reply_to = std::nullopt,
                              .subject = "Reply",
                              .attachments = {attachment, {}}};
  reading.email->attachments[1].sha256 = std::string(64, 'c');
  reading.document = attachment;
  reading.notes = {"a note"};
  return reading;
}

Reading least_reading() {
  Reading reading;
  reading.sha256 = std::string(64, '0');
  return reading;
}

}  // namespace

TEST_CASE("a reading comes back as it was written") {
  for (const Reading& reading : {full_reading(), least_reading()})
    CHECK(parse_reading(to_json(reading)) == reading);
}

TEST_CASE("a reading without signatures names every member, as null where it does not apply") {
  CHECK(to_json(least_reading()) ==
        R"({"document":null,"email":null,"kind":"other","notes":[],"sha256":")" + std::string(64, '0') +
            R"(","signatures":[],"size":0,"type":"application/octet-stream","verdict":"unchecked"})");
}

TEST_CASE("no part of a reading is a reading, nor is one with a byte more") {
  const std::string json = to_json(full_reading());
  for (std::size_t size = 0; size < json.size(); ++size) CHECK(!parse_reading(json.substr(0, size)));
  CHECK(!parse_reading(json + " "));
}

TEST_CASE("a reading with a value that is beyond its type or bounds is not read") {
  Reading reading = full_reading();
  SUBCASE("a control character") {
    reading.notes = {"a\x1b[31m"};
  }
  SUBCASE("a bidirectional override") {
    reading.signatures[0].name = "\xE2\x80\xAE";
  }
  SUBCASE("invalid UTF-8") {
    reading.type = "\xFF";
  }
  SUBCASE("a text that is too long") {
    reading.notes = {std::string(longest_reading_text + 1, 'x')};
  }
  SUBCASE("too many notes") {
    reading.notes.assign(most_notes + 1, "x");
  }
  SUBCASE("too many signatures") {
    reading.signatures.assign(most_signatures + 1, {});
  }
  SUBCASE("a digest that is none") {
    reading.sha256 = std::string(64, 'G');
  }
  CHECK(!parse_reading(to_json(reading)));
}

TEST_CASE("the verdict of a whole is the worst of its signatures, each of which says what was not checked") {
  using enum SignatureVerdict;
  const auto verdict_of = [](std::initializer_list<SignatureVerdict> verdicts) {
    Reading reading;
    for (const SignatureVerdict verdict : verdicts) reading.signatures.emplace_back().verdict = verdict;
    conclude(reading);
    for (const Signature& signature : reading.signatures)
      CHECK(signature.notes == std::vector<std::string>{"revocation was not checked"});
    CHECK(reading.notes.size() == (verdicts.size() == 0 ? 0 : 1));
    return reading.verdict;
  };
  CHECK(verdict_of({}) == unchecked);
  CHECK(verdict_of({valid, valid}) == valid);
  CHECK(verdict_of({valid, valid_untrusted}) == valid_untrusted);
  CHECK(verdict_of({unchecked, valid_untrusted}) == unchecked);
  CHECK(verdict_of({invalid, unchecked, valid}) == invalid);
}

TEST_CASE("a text of a document is made clean, and cut between characters") {
  const std::string odd = "\xEF\xBF\xBD";
  for (const std::string_view refused : {"\n", "\x1b", "\x7F", "\xFF", "\xE2\x80\xAE"})
    CHECK(clean_text("a" + std::string(refused) + "b") == "a" + odd + "b");
  CHECK(clean_text(std::string_view("\0", 1)) == odd);
  const std::string cut = clean_text(std::string(longest_reading_text - 1, 'x') + "\xC4\x93");
  CHECK(cut == std::string(longest_reading_text - 1, 'x'));
}

TEST_CASE("a request and an answer come back as they were passed on") {
  ReadRequest request{.name = "a.p7s",
                      .received_on = *Date::parse("2026-11-24"),
                      .today = *Date::parse("2026-11-26"),
                      .timezone = *TimeZone::parse("Europe/Brussels"),
                      .attachment = "saistības.pdf",
                      .trust = "PEM\n",
                      .signed_file = ""};
  const std::string whole = to_bytes(request, 3) + "DOC";
  const auto parsed = parse_request(whole);
  REQUIRE(parsed);
  CHECK(parsed->document == "DOC");
  CHECK(parsed->request.name == "a.p7s");
  CHECK(parsed->request.timezone->str() == "Europe/Brussels");
  CHECK(parsed->request.attachment == "saistības.pdf");
  CHECK(parsed->request.trust == "PEM\n");
  CHECK(parsed->request.signed_file == "");
  CHECK(!parse_request(to_bytes(request, 3)));
  CHECK(!parse_request(whole + "x"));
  CHECK(!parse_request(whole.substr(1)));

  for (const auto& unreadable : {std::optional<std::string>(), std::optional<std::string>("is \"none\"")}) {
    const std::vector<std::string> references =
        unreadable ? std::vector<std::string>()
                   : std::vector<std::string>{"<1@example.org>", "<2@example.org>"};
    const std::string json = to_json(ReadAnswer{full_reading(), unreadable, references});
    const auto answer = parse_answer(json);
    REQUIRE(answer);
    CHECK(answer->references == references);
    CHECK(answer->reading == full_reading());
    CHECK(answer->unreadable == unreadable);
    for (std::size_t size = 0; size < json.size(); ++size) CHECK(!parse_answer(json.substr(0, size)));
  }
}

TEST_CASE("a judgement is sealed in parts from which it comes back") {
  const Judgement judgement = judgement_of(full_reading());
  REQUIRE(judgement.mail);
  REQUIRE(!judgement.signatures.empty());
  CHECK(judgement.part == full_reading().document->sha256);
  Judgement again{.verdict = judgement.verdict, .part = judgement.part};
  for (const std::string_view name : judgement_text_names) {
    for (const std::string& part : parts_of(judgement, name)) {
      CHECK(is_part(name, part));
      add_part(again, name, part);
    }
  }
  CHECK(again == judgement);
}

TEST_CASE("a sealed part that is anything else is damage") {
  for (const auto& [name, part] : {std::pair("signatures", "{}"), std::pair("mail", "{\"from\":null}"),
                                   std::pair("reading_notes", "a\nb"), std::pair("unread", "a\x01")}) {
    const std::string_view shown = name;
    CAPTURE(shown);
    Judgement judgement;
    CHECK(!is_part(name, part));
    CHECK_THROWS_AS(add_part(judgement, name, part), Error);
  }
}
