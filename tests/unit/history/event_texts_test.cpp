#include "core/history/event_texts.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/event_record.hpp"
#include "core/history/summary.hpp"
#include "core/store/event_table.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;

namespace {

std::string last_body(story::Office& office) {
  EventCursor events(office.register_(), {});
  std::string body;
  while (events.next()) body = events.event().body;
  return body;
}

/// The body of the partner's application.
std::string first_body(story::Office& office, PartnerId id) {
  EventCursor events(office.register_(), {.partner = id, .since = std::nullopt, .before = std::nullopt});
  REQUIRE(events.next());
  return std::string(events.event().body);
}

std::string value_of(const EventRecord& event, Column column) {
  for (const auto& [name, text] : event.set) {
    if (name == column) return text;
  }
  return "";
}

}  // namespace

TEST_CASE("the texts are the columns in which people may write anything, and those of events, sorted") {
  CHECK(Codes<EventText>::codes ==
        std::array<std::string_view, 17>{"accept_invalid", "because", "description", "end_note", "exception",
                                         "expertise", "file_name", "mail", "message_id", "note", "practices",
                                         "reading_notes", "recipient", "signatures", "signed_by", "sources",
                                         "unread"});
}

TEST_CASE("sealed texts are read as they were written") {
  const TextValues texts = parse_texts(
      R"({"description":"A \"b\"\nc","expertise":"","practices":["Map","Tool <https://a.example.org/>"],"sources":[]})");
  CHECK(texts == TextValues{{"description"_text, {"A \"b\"\nc"}},
                            {"expertise"_text, {""}},
                            {"practices"_text, {"Map", "Tool <https://a.example.org/>"}},
                            {"sources"_text, {}}});
}

TEST_CASE("what is not sealed texts as they are written is damage") {
  for (const char* other :
       {"", "{}", "[]", "x", R"({"description":"A"} )", R"({"description": "A"})", R"({"description":5})",
        R"({"description":["A"]})", R"({"practices":"A"})", R"({"practices":["A",]})", R"({"practices":[5]})",
        R"({"practices":["A"})", R"({"colour":"A"})", R"({"city":"A"})",
        R"({"expertise":"A","description":"A"})", R"({"description":"A","description":"A"})",
        R"({"description":"A"])", R"({"description":" A"})", R"({"description":"\t"})"}) {
    CAPTURE(other);
    CHECK_THROWS_AS(parse_texts(other), Error);
  }
}

TEST_CASE("no text that a person wrote is in an event, and each is read with it") {
  story::Office office;
  const PartnerId id = office.listed({{"description", "Nobody's \"text\""}, {"practices", "Map\nTool"}});
  CHECK(last_body(office).find("Signed on paper") == std::string::npos);
  const std::string body = first_body(office, id);
  CHECK(body.find("Nobody") == std::string::npos);
  const EventRecord filed = read_event(office.register_(), body);
  CHECK(value_of(filed, "description"_column) == "Nobody's \"text\"");
  CHECK(value_of(filed, "practices"_column) == "Map\nTool");
  CHECK(read_event(office.register_(), last_body(office)).commitment->exception->str() == "Signed on paper");
}

TEST_CASE("an event that empties a text names it, and has it empty") {
  story::Office office;
  const PartnerId id = office.listed({{"description", "A text"}, {"practices", "Map"}});
  done(update(office.register_(), office.partner(id), story::fields({{"description", ""}, {"practices", ""}}),
              Similar::refused, office.next()));
  const std::string body = last_body(office);
  const EventRecord event = read_event(office.register_(), body);
  CHECK(event.texts == std::vector{"description"_text, "practices"_text});
  CHECK(event.set.empty());
  CHECK(summary_of(office.register_(), parse_event(body)) == "description: nothing; practices: nothing");
}

TEST_CASE("texts that were erased are reported as erased") {
  story::Office office;
  const std::string body = first_body(office, office.listed({{"description", "A text"}}));
  EventRecord event = parse_event(body);
  CHECK(read_texts(office.register_(), event).empty());
  delete_sealed(office.register_(), {{event.seq, "texts"}});
  EventRecord later = parse_event(body);
  CHECK(read_texts(office.register_(), later) == std::vector{"description"_text, "expertise"_text});
  CHECK(value_of(later, "description"_column).empty());
  CHECK(summary_of(office.register_(), parse_event(body)).find("description: erased") != std::string::npos);
}

TEST_CASE("texts other than those that the event names are damage") {
  story::Office office;
  EventRecord event = parse_event(first_body(office, office.listed({{"description", "A text"}})));
  event.texts = {"expertise"_text};
  CHECK_THROWS_AS(read_texts(office.register_(), event), Error);
  event.texts = {"description"_text, "end_note"_text, "expertise"_text};
  CHECK_THROWS_AS(read_texts(office.register_(), event), Error);
}
