#include "core/model/partner.hpp"

#include <doctest/doctest.h>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

TEST_CASE("the columns are the id, the fields of the form in their order, and the partner's status") {
  CHECK(code_of("id"_column) == "id");
  for (std::size_t i = 0; i < field_count; ++i) CHECK(Codes<Column>::codes[i + 1] == field_names[i]);
  CHECK(from_code<Column>("status") == static_cast<Column>(field_count + 1));
  CHECK(code_of(all_columns.back()) == "contact_erased_on");
}

TEST_CASE("what a partner does not have is absent from its columns") {
  const Partner partner = samples::partner(7);
  for (const Column column :
       {"reference"_column, "website"_column, "practices"_column, "contact_phone"_column,
        "verified_on"_column, "approved_on"_column, "ended_on"_column, "end_reason"_column,
        "partner_since"_column, "end_note"_column, "successor"_column, "contact_since"_column,
        "contact_erased_on"_column}) {
    CAPTURE(code_of(column));
    CHECK(column_text(partner, column) == std::nullopt);
  }
}

TEST_CASE("columns have the texts that CSV has") {
  Partner partner = samples::partner(
      7, {{"categories"_field, "other;financial"}, {"practices"_field, "A\nB"}}, Status::revoked);
  partner.verified_on = samples::day("2026-01-01");
  partner.approved_on = samples::day("2026-01-02");
  partner.partner_since = samples::day("2020-01-03");
  partner.ended_on = samples::day("2026-01-04");
  partner.end_reason = EndReason::merged;
  partner.end_note = samples::parsed<Remark>("Merged");
  partner.successor = PartnerId(8);
  partner.contact_erased_on = samples::day("2026-01-05");
  const std::pair<Column, std::string_view> expected[] = {
      {"id"_column, "AP-0007"},
      {"name"_column, "Union of the Baltic Cities"},
      {"categories"_column, "financial;other"},
      {"practices"_column, "A\nB"},
      {"language"_column, "en"},
      {"status"_column, "revoked"},
      {"verified_on"_column, "2026-01-01"},
      {"approved_on"_column, "2026-01-02"},
      {"partner_since"_column, "2020-01-03"},
      {"ended_on"_column, "2026-01-04"},
      {"end_reason"_column, "merged"},
      {"end_note"_column, "Merged"},
      {"successor"_column, "AP-0008"},
      {"contact_erased_on"_column, "2026-01-05"},
  };
  for (const auto& value : expected) {
    CAPTURE(code_of(value.first));
    CHECK(column_text(partner, value.first) == value.second);
  }
}
