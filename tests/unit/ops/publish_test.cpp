#include "core/ops/publish.hpp"

#include <doctest/doctest.h>

#include <string>

#include "core/base/sink.hpp"
#include "core/ops/end.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;

namespace {

constexpr ExportFormat formats[] = {ExportFormat::html, ExportFormat::csv, ExportFormat::json,
                                    ExportFormat::atom};

struct Published {
  std::int64_t count;
  std::string text;
};

Published published(story::Office& office, ExportFormat format) {
  Publication publication;
  publication.format = format;
  StringSink sink;
  const std::int64_t count = publish(office.register_(), publication, sink);
  return {count, sink.text()};
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("who is listed is published in every format, and who is not yet is in none") {
  story::Office office;
  office.listed();
  office.eligible({{"name", "Energy Cities"}, {"website", "https://energy.example.org/"}});
  for (const ExportFormat format : formats) {
    CAPTURE(code_of(format));
    const Published list = published(office, format);
    CHECK(list.count == 1);
    CHECK(contains(list.text, "Union of the Baltic Cities"));
    CHECK_FALSE(contains(list.text, "Energy Cities"));
  }
}

TEST_CASE("no format has the contact or the reference") {
  story::Office office;
  office.listed({{"reference", "CoM-2026-017"}, {"contact_phone", "+48 58 000 00 00"}});
  for (const ExportFormat format : formats) {
    CAPTURE(code_of(format));
    const std::string text = published(office, format).text;
    for (const char* secret : {"Contact Desk", "desk@example.org", "+48", "CoM-2026-017"}) {
      CAPTURE(secret);
      CHECK_FALSE(contains(text, secret));
    }
  }
}

TEST_CASE("the same register gives the same bytes") {
  story::Office office;
  office.listed();
  for (const ExportFormat format : formats) {
    CAPTURE(code_of(format));
    CHECK(published(office, format).text == published(office, format).text);
  }
}

TEST_CASE("who was revoked leaves the list, and the feed says so") {
  story::Office office;
  const PartnerId id = office.listed();
  story::done(revoke(office.register_(), office.partner(id), {office.today(), EndReason::inactive, {}, {}},
                     office.next()));
  CHECK(published(office, ExportFormat::csv).count == 0);
  CHECK(published(office, ExportFormat::atom).count == 2);
}

TEST_CASE("a published list is recognised as one that has partners, or none") {
  story::Office office;
  for (const ExportFormat format : {ExportFormat::html, ExportFormat::csv, ExportFormat::json}) {
    CAPTURE(code_of(format));
    CHECK_FALSE(holds_partners(format, published(office, format).text));
  }
  office.listed();
  for (const ExportFormat format : {ExportFormat::html, ExportFormat::csv, ExportFormat::json}) {
    CAPTURE(code_of(format));
    CHECK(holds_partners(format, published(office, format).text));
  }
}
