#include "core/history/event_record.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/event_link.hpp"
#include "core/text/json.hpp"

using namespace covenant;

namespace {

const std::string prev(64, 'a');
const std::string digest(64, 'b');

/// `detail`: the findings or the commitment, with a comma behind.
std::string body(
    const std::string& action = "apply", const std::string& detail = "",
    const std::string& values = R"("new":{"categories":["other"],"member_count":12,"name":"Līga \"A\""},)",
    const std::string& sealed = "") {
  return R"({"action":")" + action +
         R"(","actor":"Office","actor_source":"option","at":"2026-02-03T04:05:06.007Z",)" + detail + values +
         R"("partner":7,"prev":")" + prev + R"(","run":"0123456789abcdef",)" + sealed +
         R"("seq":9,"uid":1000,"v":1})";
}

const std::string findings =
    R"("findings":{"category":{"by":"rule","result":"pass"},"contact":{"by":"person","result":"fail"},)"
    R"("membership":{"by":"rule","result":"pass"},"scope":{"by":"rule","result":"pass"},)"
    R"("website":{"by":"rule","result":"pass"}},)";

std::string commitment(const std::string& rests_on,
                       const std::string& signed_on = R"(,"signed_on":"2026-01-31")") {
  return R"("commitment":{)" + rests_on + R"(,"received_on":"2026-02-02")" + signed_on + "},";
}

const std::string document =
    R"("document":{"name":"signed.pdf","sha256":")" + digest + R"(","size":12,"type":"application/pdf"})";
const std::string first =
    R"({"action":"init","actor":"Office","actor_source":"option","at":"2026-02-03T04:05:06.007Z",)"
    R"("origin":"covenant-registry/0123456789abcdef0123456789abcdef","prev":")" +
    prev + R"(","run":"0123456789abcdef","seq":1,"uid":0,"v":1})";
const std::string exception = R"("exception":"joined on paper")";

const std::string policies = R"("policies":{"commitment":"any","four-eyes":"on"},)";

/// An event of version 2; `names` are those of its texts.
std::string body_2(const std::string& action = "update", const std::string& detail = "",
                   const std::string& names = R"("description","practices")",
                   const std::string& values = R"("new":{"city":"Ogre"},)") {
  std::string text =
      body(action, detail, values, names.empty() ? "" : R"("sealed":{"texts":")" + digest + R"("},)");
  text.replace(text.find(R"("v":1)"), 5, R"("v":2)");
  if (!names.empty()) text.insert(text.find(R"("uid")"), R"("texts":[)" + names + "],");
  if (action == "approve") text.insert(text.find(R"("prev")"), policies);
  return text;
}

const std::string document_2 =
    R"("document":{"sha256":")" + digest + R"(","size":12,"type":"application/pdf"})";

/// An event about a policy: its member of that name, with a comma behind.
std::string policy_body(const std::string& policy) {
  return R"({"action":"policy","actor":"Office","actor_source":"sudo","at":"2026-02-03T04:05:06.007Z",)" +
         policy + R"("prev":")" + prev + R"(","run":"0123456789abcdef","seq":9,"uid":1000,"v":2})";
}

const std::string set = R"("policy":{"name":"commitment","new":"signed","old":"any"},)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

}  // namespace

TEST_CASE("an event is read") {
  const auto record = parse_event(body("apply", "", R"("new":{"name":"Līga \"A\"\n"},"old":{"city":"Ogre"},)",
                                       R"("sealed":{"contact":")" + digest + R"("},)"));
  CHECK(record.seq == 9);
  CHECK(record.action == "apply");
  CHECK(record.partner == PartnerId(7));
  CHECK(record.prev == prev);
  CHECK(record.at.str() == "2026-02-03T04:05:06.007Z");
  CHECK(record.set == EventRecord::Values{{"name"_column, "Līga \"A\"\n"}});
  CHECK(record.old == EventRecord::Values{{"city"_column, "Ogre"}});
  CHECK(record.sealed == std::vector<std::pair<std::string, std::string>>{{"contact", digest}});
  CHECK_FALSE(record.verification);
}

TEST_CASE("numbers and lists become the texts of columns") {
  const auto record = parse_event(
      body("update", "",
           R"("new":{"categories":["financial","other"],"member_count":12,"practices":["A","B"]},)"));
  CHECK(record.set == EventRecord::Values{{"categories"_column, "financial;other"},
                                          {"member_count"_column, "12"},
                                          {"practices"_column, "A\nB"}});
}

TEST_CASE("a verification is read with its findings") {
  const auto record = parse_event(body("verify", findings));
  REQUIRE(record.verification);
  CHECK(record.verification->findings[static_cast<std::size_t>(Criterion::contact)] ==
        Finding{Verdict::fail, true});
  CHECK(record.verification->findings[static_cast<std::size_t>(Criterion::scope)] ==
        Finding{Verdict::pass, false});
}

TEST_CASE("an approval is read with what it rests on") {
  const auto record = parse_event(body("approve", commitment(document), R"("new":{"status":"approved"},)",
                                       R"("sealed":{"signed_by":")" + digest + R"("},)"));
  REQUIRE(record.commitment);
  CHECK(record.commitment->received_on.str() == "2026-02-02");
  CHECK(record.commitment->signed_on == Date::parse("2026-01-31").value());
  CHECK(record.commitment->document ==
        Document{*FileName::parse("signed.pdf"), "application/pdf", 12, digest});
  CHECK_FALSE(record.commitment->exception);
  CHECK(record.sealed == std::vector<std::pair<std::string, std::string>>{{"signed_by", digest}});
}

TEST_CASE("an approval without a document is read with the reason") {
  const auto record = parse_event(body("approve", commitment(exception, "")));
  REQUIRE(record.commitment);
  CHECK(record.commitment->exception->str() == "joined on paper");
  CHECK_FALSE(record.commitment->signed_on);
  CHECK_FALSE(record.commitment->document);
}

TEST_CASE("an approval is read with the policies in force, which those of version 1 do not have") {
  CHECK_FALSE(parse_event(body("approve", commitment(exception, ""))).policies);
  const auto record = parse_event(body_2("approve", commitment(document_2), R"("file_name")"));
  REQUIRE(record.policies);
  CHECK(record.policies->of(Policy::commitment).str() == "any");
  CHECK(record.policies->of(Policy::four_eyes).str() == "on");
}

TEST_CASE("a change of a policy is read") {
  const auto record = parse_event(policy_body(set));
  REQUIRE(record.policy);
  CHECK_FALSE(record.partner);
  CHECK(record.uid == 1000);
  CHECK(record.policy->step == PolicyStep::takes_effect);
  CHECK(record.policy->old.str() == "any");
  CHECK(record.policy->to.str() == "signed");
}

TEST_CASE("a proposal about a policy is read") {
  const auto record =
      parse_event(policy_body(R"("policy":{"name":"four-eyes","old":"on","proposed":"off"},)"));
  REQUIRE(record.policy);
  CHECK(record.policy->step == PolicyStep::is_proposed);
  CHECK(record.policy->old.str() == "on");
  CHECK(record.policy->to.str() == "off");
}

TEST_CASE("an event may seal two values") {
  const auto record =
      parse_event(body("apply", "", R"("new":{"name":"A"},)",
                       R"("sealed":{"contact":")" + digest + R"(","signed_by":")" + prev + R"("},)"));
  CHECK(record.sealed ==
        std::vector<std::pair<std::string, std::string>>{{"contact", digest}, {"signed_by", prev}});
}

TEST_CASE("an event may have the clock's time, if that was more than a day before its own") {
  const auto with_clock = [](const std::string& clock) {
    return body_2("apply", R"("clock":")" + clock + R"(",)");
  };
  const auto record = parse_event(with_clock("2026-02-02T04:05:06.006Z"));
  REQUIRE(record.clock);
  CHECK(record.clock->str() == "2026-02-02T04:05:06.006Z");
  CHECK(record.day().str() == "2026-02-02");
  CHECK(parse_event(body()).day().str() == "2026-02-03");
  for (const char* clock : {"2026-02-02T04:05:06.007Z", "2027-02-02T04:05:06.006Z", "2026-02-02", ""})
    CHECK_THROWS_AS(parse_event(with_clock(clock)), Error);
  CHECK_THROWS_AS(parse_event(body("apply", R"("clock":"2026-02-02T04:05:06.006Z",)")), Error);
}

TEST_CASE("the first event has an origin and no partner") {
  const auto record = parse_event(first);
  CHECK(record.action == "init");
  CHECK(record.origin == "covenant-registry/0123456789abcdef0123456789abcdef");
  CHECK(record.seq == 1);
  CHECK_FALSE(record.partner);
}

TEST_CASE("an erasure is read with what it erased") {
  const auto record = parse_event(body("erase", R"("erased":[[2,"contact"],[5,"signed_by"]],)", ""));
  REQUIRE(record.erased.size() == 2);
  CHECK(record.erased[1].seq == 5);
  CHECK(record.erased[1].field == "signed_by");
}

TEST_CASE("an event of version 2 names its texts and does not contain them") {
  const auto record = parse_event(body_2());
  CHECK(record.version == 2);
  CHECK(record.set == EventRecord::Values{{"city"_column, "Ogre"}});
  CHECK(record.texts == std::vector{"description"_text, "practices"_text});
  CHECK(record.sealed == std::vector<std::pair<std::string, std::string>>{{"texts", digest}});
  CHECK_FALSE(record.of);
  CHECK(parse_event(body_2("update", "", "")).texts.empty());
}

TEST_CASE("an approval of version 2 has a file's digest or seals the reason why there is none") {
  const auto record = parse_event(body_2("approve", commitment(document_2), R"("file_name","signed_by")"));
  CHECK(record.commitment->document == Document{std::nullopt, "application/pdf", 12, digest});
  std::string on_paper = commitment("", "");
  on_paper.erase(on_paper.find("{,") + 1, 1);
  const auto exceptional = parse_event(body_2("approve", on_paper, R"("exception")"));
  CHECK_FALSE(exceptional.commitment->document);
  CHECK_FALSE(exceptional.commitment->exception);
}

const std::string letter = R"("letter":{"kind":"statement","on":"2026-02-01"},)";

TEST_CASE("a letter is read with its kind and day") {
  const auto record = parse_event(body_2("letter", letter, R"("recipient")", ""));
  REQUIRE(record.letter);
  CHECK(record.letter->kind == LetterKind::statement);
  CHECK(record.letter->on.str() == "2026-02-01");
  CHECK_FALSE(record.letter->recipient);
  CHECK(record.texts == std::vector{"recipient"_text});
}

TEST_CASE("an erasure of version 2 may say whose texts remain") {
  const std::string erased = R"("erased":[[5,"texts"]],)";
  const auto record = parse_event(body_2("erase", erased, R"("file_name")", R"("of":5,)"));
  CHECK(record.of == 5);
  CHECK(record.texts == std::vector{"file_name"_text});
  CHECK_FALSE(parse_event(body_2("erase", erased, "", "")).of);
  const std::string emptied = R"("emptied":["description","practices"],)";
  CHECK(parse_event(body_2("erase", emptied + erased, "", "")).emptied ==
        std::vector{"description"_column, "practices"_column});
}

/// An undo; `undoes` is what it says that it takes back.
std::string undo_body(const std::string& undoes = R"({"events":[3,5],"run":"fedcba9876543210"})") {
  std::string text = body_2("undo", "", "", R"("new":{"city":"Ogre"},)");
  text.insert(text.find(R"(,"v")"), R"(,"undoes":)" + undoes);
  return text;
}

TEST_CASE("an undo names a run and the events that it takes back") {
  const EventRecord event = parse_event(undo_body());
  REQUIRE(event.undoes.has_value());
  CHECK(event.undoes->run == "fedcba9876543210");
  CHECK(event.undoes->events == std::vector<std::int64_t>{3, 5});
  for (const char* wrong :
       {R"({"events":[],"run":"fedcba9876543210"})", R"({"events":[5,3],"run":"fedcba9876543210"})",
        R"({"events":[9],"run":"fedcba9876543210"})", R"({"events":[0],"run":"fedcba9876543210"})",
        R"({"events":[3],"run":"fedcba987654321"})", R"({"run":"fedcba9876543210"})", R"({"events":[3]})",
        "3"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(parse_event(undo_body(wrong)), Error);
  }
  CHECK_THROWS_AS(parse_event(body_2("undo", "", "")), Error);
  std::string update = undo_body();
  update.replace(update.find("undo"), 4, "update");
  CHECK_THROWS_AS(parse_event(update), Error);
}

TEST_CASE("a correction seals why, and may have a commitment and an ending in place of others") {
  const std::string why = R"("because")";
  const EventRecord ending =
      parse_event(body_2("correct", R"("ending":{"end_reason":"ceased","ended_on":"2026-02-02"},)", why));
  REQUIRE(ending.ending.has_value());
  CHECK(ending.ending->on.str() == "2026-02-02");
  CHECK(ending.ending->reason == EndReason::ceased);
  const EventRecord withdrawal =
      parse_event(body_2("correct", R"("ending":{"ended_on":"2026-02-02"},)", why));
  CHECK(!withdrawal.ending->reason);
  const std::string received = R"("commitment":{"received_on":"2026-02-02"},)";
  CHECK(parse_event(body_2("correct", received, why)).commitment->received_on.str() == "2026-02-02");
  CHECK_THROWS_AS(parse_event(body_2("correct", received, R"("because","file_name")")), Error);
  CHECK_THROWS_AS(parse_event(body_2("correct", received, R"("exception")")), Error);
  CHECK_THROWS_AS(parse_event(body_2("correct", R"("ending":{"end_reason":"ceased"},)", why)), Error);
  CHECK_THROWS_AS(parse_event(body_2("correct", R"("ending":{"ended_on":"2026-02-30"},)", why)), Error);
  CHECK_THROWS_AS(parse_event(body_2("update", R"("ending":{"ended_on":"2026-02-02"},)", why)), Error);
}

TEST_CASE("a commitment that was read has the digests of what was judged") {
  const std::string kept = R"("document":{"sha256":")" + digest + R"(","size":12,"type":"text/plain"})";
  const auto judged = [&](const std::string& part, const std::string& signed_file,
                          const std::string& verdict) {
    return body_2(
        "correct",
        R"("commitment":{)" + kept + part + R"(,"received_on":"2026-02-02")" + signed_file + verdict + "},",
        R"("because")");
  };
  const std::string part = R"(,"part":")" + digest + R"(")";
  const std::string signed_file = R"(,"signed_file":")" + digest + R"(")";
  const std::string valid = R"(,"verdict":"valid")";
  const EventRecord event = parse_event(judged(part, signed_file, valid));
  REQUIRE(event.commitment->judgement.has_value());
  CHECK(event.commitment->judgement->part == digest);
  CHECK(event.commitment->judgement->signed_file == digest);
  CHECK_FALSE(parse_event(judged("", "", valid)).commitment->judgement->part);
  CHECK_THROWS_AS(parse_event(judged(part, "", "")), Error);
  CHECK_THROWS_AS(parse_event(judged("", signed_file, "")), Error);
  CHECK_THROWS_AS(parse_event(judged(R"(,"part":"AB")", "", valid)), Error);
}

TEST_CASE("a document is added or erased") {
  const std::string added =
      R"("document":{"added_on":"2026-02-01","sha256":")" + digest + R"(","size":12,"type":"text/plain"},)";
  const auto addition = parse_event(body_2("evidence", added, R"("file_name","note")", ""));
  REQUIRE(addition.further);
  CHECK(addition.further->added_on.str() == "2026-02-01");
  CHECK(addition.further->document.type == "text/plain");
  CHECK_FALSE(addition.erased_document);

  const std::string removed = R"("removed":{"sha256":")" + digest + R"(","size":12},"run")";
  const std::string erasure = replaced(body_2("evidence", "", R"("because")", ""), R"("run")", removed);
  CHECK(parse_event(erasure).erased_document == ErasedDocument{digest, 12});
  const std::vector<std::string> others = {
      body_2("evidence", added, "", ""),
      body_2("evidence", added, R"("note")", ""),
      body_2("evidence", added, R"("because","file_name")", ""),
      body_2("evidence", "", R"("because")", ""),
      replaced(body_2("evidence", added, R"("file_name")", ""), R"("run")", removed),
      replaced(body_2("evidence", "", R"("file_name")", ""), R"("run")", removed),
      replaced(body_2("update"), R"("run")", removed),
      body_2("update", added),
  };
  for (const std::string& other : others) {
    CAPTURE(other);
    CHECK_THROWS_WITH_AS(parse_event(other), doctest::Contains("near byte"), Error);
  }
}

TEST_CASE("the link of an event is found as it is read") {
  const std::string hostile =
      R"("new":{"name":"A\",\"at\":\"2020-01-01T00:00:00.000Z\",\"prev\":\"b\",\"seq\":3,\"v\":1}"},)";
  for (const std::string& text :
       {first, body(), body("apply", "", hostile), body("verify", findings), body_2(), undo_body(),
        body_2("approve", commitment(document_2), R"("file_name","signed_by")"),
        body_2("erase", R"("erased":[[5,"texts"]],)", R"("file_name")", R"("of":5,)"),
        policy_body(R"("policy":{"name":"four-eyes","new":"on","old":"off"},)")}) {
    CAPTURE(text);
    const auto link = find_link(text);
    const EventRecord event = parse_event(text);
    REQUIRE(link.has_value());
    CHECK(link->version == event.version);
    CHECK(link->seq == event.seq);
    CHECK(link->prev == event.prev);
    CHECK(link->at == event.at);
    CHECK(link->action == event.action);
  }
  CHECK_FALSE(find_link("").has_value());
  CHECK_FALSE(find_link(R"({"action":"apply","at":"2026-02-03T04:05:06.007Z","seq":x})").has_value());
  CHECK_FALSE(find_link(R"({"action":"apply","at":"2026","seq":9})").has_value());
}

TEST_CASE("what is not an event of version 2 as it is written is refused") {
  const std::string sound = body_2();
  const std::string erased = R"("erased":[[5,"texts"]],)";
  const std::vector<std::string> others = {
      replaced(sound, R"("v":2)", R"("v":1)"),
      replaced(sound, R"("v":2)", R"("v":3)"),
      replaced(sound, R"("city")", R"("description")"),
      replaced(sound, R"("texts":["description","practices"],)", ""),
      replaced(sound, R"("description","practices")", ""),
      replaced(sound, R"("description","practices")", R"("practices","description")"),
      replaced(sound, R"("description","practices")", R"("practices","practices")"),
      replaced(sound, R"("description")", R"("colour")"),
      replaced(sound, R"("description")", R"("city")"),
      replaced(sound, R"("sealed":{"texts")", R"("sealed":{"signed_by")"),
      replaced(sound, R"("partner")", R"("of":5,"partner")"),
      body_2("update", "", R"("signed_by")"),
      body_2("update", "", R"("sources")"),
      body_2("verify", findings, R"("file_name")"),
      body_2("approve", commitment(document_2), R"("exception")"),
      body_2("approve", commitment(document_2), R"("signed_by")"),
      body_2("approve", commitment(document), R"("file_name")"),
      body_2("approve", commitment(exception), R"("exception")"),
      body_2("erase", R"("emptied":[],)" + erased, "", ""),
      body_2("erase", R"("emptied":["file_name"],)" + erased, "", ""),
      body_2("erase", R"("emptied":["practices","description"],)" + erased, "", ""),
      body_2("erase", erased + R"("emptied":["practices"],)", "", ""),
      body_2("update", R"("emptied":["practices"],)", ""),
      body("letter", letter, "", R"("sealed":{"contact":")" + digest + R"("},)"),
      body_2("letter", letter, "", ""),
      body_2("letter", letter, R"("note")", ""),
      body_2("letter", "", R"("recipient")", ""),
      body_2("letter", replaced(letter, "statement", "advert"), R"("recipient")", ""),
      body_2("letter", replaced(letter, "2026-02-01", "2026-02-30"), R"("recipient")", ""),
      body_2("note", letter, R"("note")", ""),
      body_2("note", "", R"("note","recipient")", ""),
      body_2("erase", erased, R"("file_name")", ""),
      body_2("erase", erased, "", R"("of":5,)"),
      body_2("erase", erased, R"("file_name")", R"("of":0,)"),
  };
  CHECK_NOTHROW(parse_event(sound));
  for (const std::string& other : others) {
    CAPTURE(other);
    CHECK_THROWS_WITH_AS(parse_event(other), doctest::Contains("near byte"), Error);
  }
}

TEST_CASE("what is not an event as it is written is refused, with the place") {
  const std::string sound = body();
  CHECK_NOTHROW(parse_event(sound));
  const std::vector<std::string> others = {
      "",
      "{}",
      sound + " ",
      " " + sound,
      replaced(sound, R"(,"actor")", R"(, "actor")"),
      replaced(sound, R"("v":1)", R"("v":3)"),
      replaced(sound, R"("v":1)", R"("v":01)"),
      replaced(sound, R"("seq":9)", R"("seq":0)"),
      replaced(sound, R"("seq":9)", R"("seq":9.0)"),
      replaced(sound, R"("seq":9)", R"("seq":-9)"),
      replaced(sound, R"("partner":7,)", ""),
      replaced(sound, R"("uid":1000)", R"("uid":1000,"v":1)"),
      replaced(sound, R"("run":"0)", R"("run":"G)"),
      replaced(sound, prev, prev.substr(1)),
      replaced(sound, "option", "guess"),
      replaced(sound, "Office", " Office"),
      replaced(sound, "Office", "\\u0001"),
      replaced(sound, "Office", "\xff"),
      replaced(sound, "Office", "\\/"),
      replaced(sound, "2026-02-03T", "2026-02-30T"),
      replaced(sound, R"("member_count":12)", R"("member_count":"12")"),
      replaced(sound, R"("member_count":12)", R"("contact_name":"Somebody")"),
      replaced(sound, R"(["other"])", R"("other")"),
      replaced(sound, R"("categories")", R"("unknown")"),
      replaced(sound, R"("categories")", R"("website")"),
      replaced(sound, "apply", "init"),
      replaced(sound, "apply", "approve"),
      replaced(sound, "apply", "unknown"),
      replaced(first, "covenant-registry/0123456789abcdef0123456789abcdef", ""),
      replaced(first, R"("seq")", R"("partner":1,"seq")"),
      replaced(first, R"("seq")", R"("sealed":{"contact":")" + digest + R"("},"seq")"),
      body("erase"),
      body("erase", R"("erased":[],)"),
      body("erase", R"("erased":[[0,"contact"]],)"),
      body("erase", R"("erased":[["contact",2]],)"),
      body("apply", R"("erased":[[2,"contact"]],)"),
      body("approve", commitment(document + "," + exception)),
      body("approve", replaced(commitment(document), "2026-02-02", "2026-02-30")),
      body("approve", replaced(commitment(document), "2026-01-31", "2026-1-31")),
      body("approve", replaced(commitment(document), R"("size":12)", R"("size":0)")),
      body("approve", replaced(commitment(document), R"("size":12,)", "")),
      body("approve", replaced(commitment(document), digest, digest.substr(1))),
      body("approve", replaced(commitment(exception), "joined on paper", "")),
      body("approve", replaced(commitment(exception), "exception", "excuse")),
      body("approve", findings),
      body("apply", commitment(document)),
      body("apply", "", R"("new":{"name":"A"},)",
           R"("sealed":{"signed_by":")" + digest + R"(","contact":")" + digest + R"("},)"),
      body("verify"),
      body("apply", findings),
      body("verify", replaced(findings, R"("person")", R"("nobody")")),
      body("apply", "", R"("new":{},)"),
      body("apply", policies),
      body("policy"),
      body("policy", set),
      policy_body(""),
      policy_body(policies),
      policy_body(replaced(set, "commitment", "four-eyes")),
      policy_body(replaced(set, "commitment", "beauty")),
      policy_body(replaced(set, "signed", "sealed")),
      policy_body(replaced(set, R"(,"old":"any")", "")),
      policy_body(replaced(set, "}", R"(,"proposed":"any"})")),
      policy_body(replaced(set, R"("new":"signed",)", "")),
      policy_body(set + R"("partner":7,)"),
      replaced(policy_body(set), R"("v":2)", R"("v":1)"),
      replaced(body_2("approve", commitment(document_2), R"("file_name")"), policies, ""),
      replaced(body_2("approve", commitment(document_2), R"("file_name")"), R"("commitment":"any",)", ""),
      replaced(body_2("approve", commitment(document_2), R"("file_name")"), R"("any")", R"("on")"),
  };
  for (const std::string& other : others) {
    CAPTURE(other);
    CHECK_THROWS_WITH_AS(parse_event(other), doctest::Contains("near byte"), Error);
  }
}

TEST_CASE("canonical strings and numbers") {
  CHECK(CanonicalReader(R"("")").string() == "");
  CHECK(CanonicalReader(R"("a\"\\\b\t\n\f\rb")").string() == "a\"\\\b\t\n\f\rb");
  CHECK_FALSE(CanonicalReader(R"("open)").string());
  CHECK_FALSE(CanonicalReader("\"line\nfeed\"").string());
  CHECK_FALSE(CanonicalReader(R"("\x")").string());
  CHECK_FALSE(CanonicalReader("\"\xc3\"").string());
  CHECK(CanonicalReader("0,").number() == 0);
  CHECK(CanonicalReader("120]").number() == 120);
  CHECK_FALSE(CanonicalReader("012").number());
  CHECK_FALSE(CanonicalReader("-1").number());
  CHECK_FALSE(CanonicalReader("+1").number());
  CHECK_FALSE(CanonicalReader("1234567890123456").number());
  CHECK_FALSE(CanonicalReader("").number());
  CHECK(CanonicalReader("-9223372036854775808,").integer() == INT64_MIN);
  CHECK(CanonicalReader("9223372036854775807").integer() == INT64_MAX);
  for (const char* text : {"9223372036854775808", "-0", "012", "+1", " 1", "-", ""}) {
    CAPTURE(text);
    CHECK_FALSE(CanonicalReader(text).integer());
  }
}
