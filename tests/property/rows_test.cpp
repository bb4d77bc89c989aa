#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/base/sink.hpp"
#include "core/formats/list.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/batch.hpp"
#include "core/ops/end.hpp"
#include "core/ops/erase.hpp"
#include "core/ops/verify.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_list.hpp"
#include "core/store/partner_table.hpp"
#include "tests/property/random_text.hpp"
#include "tests/property/temporary_registry.hpp"

using namespace covenant;

namespace {

/// Cells by column.
using Row = std::vector<std::string>;

/// The id, then the fields.
std::vector<Column> columns_of_rows() {
  std::vector<Column> columns;
  for (std::size_t i = 0; i <= field_count; ++i) columns.push_back(static_cast<Column>(i));
  return columns;
}

std::vector<Row> rows_of(Read& read) {
  std::vector<Row> rows;
  PartnerQuery query;
  query.sort = "id"_column;
  for_each_row(read, query, columns_of_rows(),
               [&](const ListedRow& row) { rows.emplace_back(row.texts.begin(), row.texts.end()); });
  return rows;
}

/// What `list --format csv` prints.
std::string csv_of(const std::vector<Row>& rows) {
  StringSink sink;
  const auto writer = make_list_writer(ListFormat::csv, columns_of_rows(), sink, {});
  for (const Row& row : rows) {
    const std::vector<std::string_view> texts(row.begin(), row.end());
    writer->row({Status::applied, texts});
  }
  writer->finish();
  return sink.text();
}

/// What `apply --csv` does.
BatchCounts apply_csv(Write& write, const std::string& text, Difference difference, int day,
                      TextSink* rejects = nullptr) {
  BatchColumns columns{.known = {field_names.begin(), field_names.end()}, .naming = {"id", "reference"}};
  columns.known.emplace_back("id");
  NamedByRows earlier(write);
  const auto file_row = [&](const BatchRow& line) {
    const auto& cells = line.cells;
    ApplicationRow row{.id = cells.back().value_or(""), .line = line.line};
    std::copy_n(cells.begin(), field_count, row.texts.texts.begin());
    return apply_row(write, row, {Similar::allowed, difference}, earlier, random::deed(day));
  };
  const BatchListener listener{[](const Outcome&) {}, [](const Problem&) {}, [](std::uint64_t) {},
                               [](const Problem&, const FileKind&) {}};
  const auto source = [&text, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
    const std::size_t count = text.copy(buffer, size, at);
    at += count;
    return count;
  };
  return run_batch({source, std::nullopt}, columns, file_row, listener, rejects);
}

/// A value of that field, never an empty one.
rc::Gen<std::string> value_of(Field field) {
  switch (field) {
    case "reference"_field:
      return random::word("AZaz_-", 3, 8);
    case "name"_field:
      return random::word("ABCDEabcde", 3, 12);
    case "categories"_field:
      return random::one_of({"financial", "industrial;other", "civil-society"});
    case "level"_field:
      return random::one_of({"european", "international", "national"});
    case "membership_based"_field:
      return random::one_of({"yes", "no"});
    case "member_count"_field:
      return random::one_of({"1", "2", "77"});
    case "country"_field:
      return random::one_of({"BE", "LV", "GB"});
    case "website"_field:
      return random::one_of({"https://a.example.org/", "https://b.example.org/x,y;z"});
    case "practices"_field:
      return random::one_of({"Tool <https://example.org/t>", "One\nTwo"});
    case "language"_field:
      return random::one_of({"lv", "fr"});
    case "contact_email"_field:
      return random::one_of({"a@example.org", "b@example.org"});
    case "contact_phone"_field:
      return random::one_of({"+37167000000", "+1202"});
    case "applied_on"_field:
      return random::one_of({"2023-02-28", "2023-12-31"});
    default:
      return random::word("abc,;\"xyz", 3, 10);
  }
}

bool is_often_empty(Field field) {
  return std::find(required_fields.begin(), required_fields.end(), field) == required_fields.end();
}

/// New applications.
std::vector<Row> random_rows() {
  std::vector<Row> rows(*rc::gen::inRange<std::size_t>(1, 6));
  for (Row& row : rows) {
    row.emplace_back();
    for (const Field field : all_fields) {
      row.push_back(*(is_often_empty(field) ? random::or_empty(value_of(field)) : value_of(field)));
    }
  }
  return rows;
}

/// Something that the office does with a partner, where it may.
void decide(Write& write, PartnerId id, int what, int day) {
  const Deed deed = random::deed(day);
  const Partner partner = *find_partner(write, id);
  const auto ignore = [](const OutcomeResult& result) { static_cast<void>(result.ok()); };
  const Remark remark = *Remark::parse("By letter");
  if (what == 0) ignore(verify(write, partner, {}, {}, deed));
  if (what == 1) {
    Overrides overrides;
    overrides.fill(Verdict::pass);
    ignore(verify(write, partner, overrides, {}, deed));
  }
  if (what == 2) {
    ignore(approve(write, partner, {std::nullopt, remark, deed.at.date(), {}, {}}, Policies(), deed));
  }
  if (what == 3) ignore(revoke(write, partner, {deed.at.date(), EndReason::inactive, remark, {}}, deed));
  if (what == 4) ignore(withdraw(write, partner, {deed.at.date(), {}, remark, {}}, deed));
  if (what == 5) ignore(erase_contact(write, partner, deed));
}

void decide_at_random(Write& write) {
  int day = 10;
  const std::int64_t end = next_partner_id(write).number();
  for (std::int64_t id = 1; id < end; ++id) {
    for (const int what : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6))) {
      decide(write, PartnerId(id), what, ++day);
    }
  }
}

constexpr int long_after = 900;

}  // namespace

TEST_CASE("a list in which one cell was edited changes that cell and no other") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("CSV out, one cell edited, in", [&] {
    Write write = registry.write();
    apply_csv(write, csv_of(random_rows()), Difference::is_conflict, 1);
    const std::int64_t end = next_partner_id(write).number();
    for (std::int64_t id = 1; id < end; ++id) {
      if (*rc::gen::arbitrary<bool>()) decide(write, PartnerId(id), 1, 2);
      if (*rc::gen::arbitrary<bool>()) decide(write, PartnerId(id), 2, 3);
    }
    std::vector<Row> rows = rows_of(write);
    RC_PRE(!rows.empty());
    const auto place = *rc::gen::inRange<std::size_t>(0, rows.size());
    const auto field = *rc::gen::elementOf(std::vector<Field>(all_fields.begin(), all_fields.end()));
    const std::vector<Row> before = rows;
    rows[place][index_of(field) + 1] = *value_of(field);

    const BatchCounts counts = apply_csv(write, csv_of(rows), Difference::amends, 4);
    const std::vector<Row> after = rows_of(write);
    RC_ASSERT(counts.applied == std::uint64_t{0});
    RC_ASSERT(after == (counts.rejected > 0 ? before : rows));
    if (field != "name"_field && field != "reference"_field) RC_ASSERT(counts.rejected == std::uint64_t{0});
  }));
}

TEST_CASE("a file that is applied again changes nothing, whatever was decided since") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("applied twice", [&] {
    const std::string text = csv_of(random_rows());
    Write write = registry.write();
    apply_csv(write, text, Difference::is_conflict, 1);
    decide_at_random(write);
    const std::uint64_t events = log_size(write);
    for (const Difference difference : {Difference::is_conflict, Difference::amends}) {
      const BatchCounts counts = apply_csv(write, text, difference, long_after);
      RC_ASSERT(counts.applied + counts.updated == std::uint64_t{0});
      RC_ASSERT(log_size(write) == events);
    }
  }));
}

TEST_CASE("what a run rejected applies once its cause is mended") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("rejects", [&] {
    std::vector<Row> rows = random_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i][index_of("name"_field) + 1] = "Association " + std::string(1, static_cast<char>('A' + i));
      rows[i][index_of("reference"_field) + 1] = "F-" + std::to_string(i);
    }
    const std::vector<Row> good = rows;
    std::map<std::string, std::string> mended;
    for (Row& row : rows) {
      if (*rc::gen::arbitrary<bool>()) continue;
      const auto field = *rc::gen::elementOf(
          std::vector{"country"_field, "level"_field, "contact_email"_field, "applied_on"_field});
      const std::string bad = "BAD" + std::to_string(mended.size());
      mended[bad] = row[index_of(field) + 1];
      row[index_of(field) + 1] = bad;
    }
    Write write = registry.write();
    StringSink rejects;
    const BatchCounts counts = apply_csv(write, csv_of(rows), Difference::is_conflict, 1, &rejects);
    RC_ASSERT(counts.rejected == mended.size());
    std::string text = rejects.text();
    for (const auto& [bad, value] : mended) text.replace(text.find(bad), bad.size(), value);
    const BatchCounts again = apply_csv(write, text, Difference::is_conflict, 1);
    RC_ASSERT(again.applied == mended.size());
    RC_ASSERT(again.rejected == std::uint64_t{0});
    RC_ASSERT(rows_of(write).size() == good.size());
  }));
}
