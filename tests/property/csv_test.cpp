#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/sink.hpp"
#include "core/formats/list.hpp"
#include "core/formats/public_list.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/batch.hpp"
#include "core/ops/verify.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_list.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/public_list.hpp"
#include "core/text/escape.hpp"
#include "tests/property/random_text.hpp"
#include "tests/property/temporary_registry.hpp"

using namespace covenant;

namespace {

ByteSource source_of(const std::string& text, std::size_t step) {
  return [&text, step, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
    const std::size_t count = text.copy(buffer, std::min(size, step), at);
    at += count;
    return count;
  };
}

using Form = std::array<std::string, field_count>;

/// Accepted most of the time: what a field does not accept is left to `apply_form`.
rc::Gen<std::string> text_of(Field field) {
  switch (field) {
    case "reference"_field:
      return random::or_empty(random::word("AZaz09._/-", 2, 8));
    case "name"_field:
      return random::text(3, 30, Lines::one);
    case "categories"_field:
      return random::one_of({"financial", "industrial;other", "other", "civil-society;financial"});
    case "level"_field:
      return random::one_of({"european", "international"});
    case "membership_based"_field:
      return rc::gen::just(std::string("yes"));
    case "member_count"_field:
      return random::or_empty(random::word("0123456789", 1, 6));
    case "country"_field:
      return random::one_of({"BE", "LV", "EL", "GB", "XK"});
    case "website"_field:
      return random::one_of(
          {"https://example.org/a,b;c", "http://bücher.example/\"q\"?x='1'", "https://example.org/=1"});
    case "description"_field:
      return random::or_empty(random::text(1, 40, Lines::many));
    case "expertise"_field:
      return random::text(1, 40, Lines::many);
    case "practices"_field:
      return random::one_of({"", "Tool <https://example.org/t>",
                             "=1+1\nA \"tool\"; that, works <https://example.org/>", "'@x", "-\n+\n"});
    case "language"_field:
      return random::one_of({"", "lv", "sr-Latn"});
    case "contact_email"_field:
      return rc::gen::just(std::string("desk@example.org"));
    case "contact_phone"_field:
      return random::or_empty(random::one_of({"+371 6700-0000", "+1"}));
    case "applied_on"_field:
      return random::one_of({"", "2023-02-28"});
    default:
      return random::or_empty(random::text(1, 15, Lines::one));
  }
}

Form random_form() {
  Form form;
  for (std::size_t i = 0; i < field_count; ++i) form[i] = *text_of(static_cast<Field>(i));
  if (form[index_of("contact_name"_field)].empty()) form[index_of("contact_name"_field)] = "Desk";
  return form;
}

/// One that is accepted and eligible.
Form plain_form() {
  Form form;
  const std::pair<Field, const char*> texts[] = {{"name"_field, "Plain Association"},
                                                 {"categories"_field, "industrial"},
                                                 {"level"_field, "european"},
                                                 {"membership_based"_field, "yes"},
                                                 {"country"_field, "LV"},
                                                 {"website"_field, "https://plain.example.org/"},
                                                 {"contact_name"_field, "Desk"},
                                                 {"contact_email"_field, "desk@example.org"}};
  for (const auto& [field, text] : texts) form[index_of(field)] = text;
  return form;
}

FieldTexts texts_of(const Form& form) {
  FieldTexts texts;
  for (std::size_t i = 0; i < field_count; ++i) texts.texts[i] = form[i];
  return texts;
}

/// Files those that are valid; returns how many.
int file_all(Write& write, const std::vector<Form>& forms) {
  int filed = 0;
  for (const Form& form : forms) {
    const auto result = apply_form(write, texts_of(form), Similar::allowed, random::deed(1));
    if (result) ++filed;
  }
  return filed;
}

/// What `apply --csv` does, as far as the text goes.
BatchCounts read_in(Write& write, const std::string& text, std::string& problems) {
  const BatchColumns columns{.known = {field_names.begin(), field_names.end()},
                             .ignored = {"id", "partner_since"},
                             .required = {"name"},
                             .naming = {}};
  NamedByRows earlier(write);
  const auto file_row = [&](const BatchRow& row) {
    FieldTexts texts;
    std::copy(row.cells.begin(), row.cells.end(), texts.texts.begin());
    return apply_row(write, {.texts = texts}, {Similar::allowed, Difference::is_conflict}, earlier,
                     random::deed(2));
  };
  const BatchListener listener{
      [](const Outcome&) {},
      [&](const Problem& problem) { problems += problem.column + ": " + problem.message + "\n"; },
      [](std::uint64_t) {}, [](const Problem&, const FileKind&) {}};
  const std::size_t step = *rc::gen::inRange<std::size_t>(1, 4096);
  return run_batch({source_of(text, step), std::nullopt}, columns, file_row, listener, nullptr);
}

std::string listed(Read& read) {
  std::vector<Column> columns;
  for (std::size_t i = 1; i <= field_count; ++i) columns.push_back(static_cast<Column>(i));
  StringSink sink;
  const auto writer = make_list_writer(ListFormat::csv, columns, sink, {});
  PartnerQuery query;
  query.sort = "id"_column;
  for_each_row(read, query, columns, [&](const ListedRow& row) { writer->row(row); });
  writer->finish();
  return sink.text();
}

std::string published(Read& read, CsvReadBy read_by) {
  StringSink sink;
  PublicCsvWriter writer(sink, read_by);
  for_each_public_row_by_id(read, {}, [&](const PublicTexts& texts) { writer.row(texts); });
  return sink.text();
}

/// Returns how many are listed now: who files blanks as expertise is not eligible.
std::uint64_t approve_all(Write& write) {
  const ApprovalEvidence evidence{std::nullopt, *Remark::parse("On paper"), random::noon(1).date(),
                                  std::nullopt, std::nullopt};
  std::uint64_t approved = 0;
  const std::int64_t end = next_partner_id(write).number();
  for (std::int64_t id = 1; id < end; ++id) {
    static_cast<void>(verify(write, *find_partner(write, PartnerId(id)), {}, {}, random::deed(1)));
    const auto result =
        approve(write, *find_partner(write, PartnerId(id)), evidence, Policies(), random::deed(1));
    if (result) ++approved;
  }
  return approved;
}

/// Some random forms behind a plain one, so that there is always something to read.
std::vector<Form> random_forms() {
  std::vector<Form> forms(*rc::gen::inRange<std::size_t>(1, 7));
  std::generate(forms.begin() + 1, forms.end(), random_form);
  forms.front() = plain_form();
  return forms;
}

}  // namespace

TEST_CASE("cells that are written are read back") {
  CHECK(rc::check("RFC 4180 cells", [] {
    const char delimiter = *rc::gen::elementOf(std::string(",;\t"));
    const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
        rc::gen::container<std::vector<std::string>>(2, random::text(0, 12, Lines::many)));
    const std::string end = *random::one_of({"\n", "\r\n"});
    std::string text;
    for (const auto& row : rows) {
      append_csv(text, row[0], delimiter);
      text += delimiter;
      append_csv(text, row[1], delimiter);
      text += end;
    }
    CsvReader reader(source_of(text, *rc::gen::inRange<std::size_t>(1, 100)), delimiter);
    for (const auto& row : rows) {
      RC_ASSERT(reader.next() == CsvResult::record);
      RC_ASSERT(reader.fields().size() == std::size_t{2});
      RC_ASSERT(std::string(reader.fields()[0].text) == row[0]);
      RC_ASSERT(std::string(reader.fields()[1].text) == row[1]);
    }
    RC_ASSERT(reader.next() == CsvResult::end);
  }));
}

TEST_CASE("a list of the register makes the same register") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("CSV out, in, out", [&] {
    const std::vector<Form> forms = random_forms();
    std::string first;
    int count = 0;
    {
      Write write = registry.write();
      count = file_all(write, forms);
      first = listed(write);
    }
    RC_ASSERT(count > 0);
    Write write = registry.write();
    std::string problems;
    const BatchCounts counts = read_in(write, first, problems);
    RC_ASSERT(problems == "");
    RC_ASSERT(counts.applied == static_cast<std::uint64_t>(count));
    RC_ASSERT(listed(write) == first);
  }));
}

TEST_CASE("what is published and comes back changes nothing") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("published CSV applied again", [&] {
    const std::vector<Form> forms = random_forms();
    Write write = registry.write();
    file_all(write, forms);
    const std::uint64_t count = approve_all(write);
    RC_ASSERT(count > 0U);
    const std::uint64_t events = log_size(write);
    std::string problems;
    const BatchCounts counts = read_in(write, published(write, CsvReadBy::spreadsheet), problems);
    RC_ASSERT(problems == "");
    RC_ASSERT(counts.unchanged == count);
    RC_ASSERT(log_size(write) == events);
  }));
}
