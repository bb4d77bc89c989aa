#include "core/model/partner.hpp"

#include <doctest/doctest.h>

#include "tests/unit/support/samples.hpp"

using namespace covenant;

TEST_CASE("the columns are the id, the fields of the form in their order, and where the partner stands") {
  CHECK(code_of(Column::id) == "id");
  for (std::size_t i = 0; i < field_count; ++i) CHECK(Codes<Column>::codes[i + 1] == field_names[i]);
  CHECK(from_code<Column>("status") == static_cast<Column>(field_count + 1));
  CHECK(code_of(static_cast<Column>(listed_column_count - 1)) == "end_reason");
}

TEST_CASE("what a partner does not have is absent from its columns") {
  const Partner partner = samples::partner(7);
  for (const Column column :
       {Column::reference, Column::website, Column::practices, Column::contact_phone, Column::verified_on,
        Column::approved_on, Column::ended_on, Column::end_reason, Column::partner_since, Column::end_note,
        Column::successor, Column::contact_erased_on}) {
    CAPTURE(code_of(column));
    CHECK(column_text(partner, column) == std::nullopt);
  }
}

TEST_CASE("columns have the texts that CSV has") {
  Partner partner = samples::partner(7, {{Field::categories, "other;financial"}, {Field::practices, "A\nB"}},
                                     Status::revoked);
  partner.verified_on = samples::day("2026-01-01");
  partner.approved_on = samples::day("2026-01-02");
  partner.partner_since = samples::day("2020-01-03");
  partner.ended_on = samples::day("2026-01-04");
  partner.end_reason = EndReason::merged;
  partner.end_note = samples::parsed<Note>("Merged");
  partner.successor = PartnerId(8);
  partner.contact_erased_on = samples::day("2026-01-05");
  const std::pair<Column, std::string_view> expected[] = {
      {Column::id, "AP-0007"},
      {Column::name, "Union of the Baltic Cities"},
      {Column::categories, "financial;other"},
      {Column::practices, "A\nB"},
      {Column::language, "en"},
      {Column::status, "revoked"},
      {Column::verified_on, "2026-01-01"},
      {Column::approved_on, "2026-01-02"},
      {Column::partner_since, "2020-01-03"},
      {Column::ended_on, "2026-01-04"},
      {Column::end_reason, "merged"},
      {Column::end_note, "Merged"},
      {Column::successor, "AP-0008"},
      {Column::contact_erased_on, "2026-01-05"},
  };
  for (const auto& [column, text] : expected) {
    CAPTURE(code_of(column));
    CHECK(column_text(partner, column) == text);
  }
}
