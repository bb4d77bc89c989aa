// The values of the scheme: what a parser takes it takes again and is then the same, and the registry may
// have it. Texts are written so that whoever reads them reads the same.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/bytes.hpp"
#include "core/documents/media_type.hpp"
#include "core/model/criteria.hpp"
#include "core/model/instant.hpp"
#include "core/model/partner.hpp"
#include "core/model/status.hpp"
#include "core/model/stored_text.hpp"
#include "core/ops/row_fields.hpp"
#include "core/text/csv_reader.hpp"
#include "core/text/escape.hpp"
#include "core/text/folding.hpp"
#include "core/text/json.hpp"
#include "core/text/terminal.hpp"
#include "core/text/utf8.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

std::string written(const Country& country) {
  return std::string(country.code());
}
std::string written(const MemberCount& count) {
  return std::to_string(count.number());
}
std::string written(const Practices& practices) {
  return to_text(practices);
}
std::string written(const auto& value) {
  return value.str();
}

template <class T>
void demand_stable(const Result<T>& value, auto parse) {
  if (!value) return;
  const auto again = parse(written(*value));
  demand(again && *again == *value, "not the same when it is read again");
}

template <class T>
void demand_stable(std::string_view text) {
  demand_stable<T>(T::parse(text), [](std::string_view again) { return T::parse(again); });
}

template <class T>
void demand_storable(std::string_view text, Column column) {
  demand_stable<T>(text);
  const auto value = T::parse(text);
  if (value) demand(could_be_stored(column, written(*value)), "taken, and damage when it is read back");
}

template <class E>
void demand_code(std::string_view text) {
  const auto value = parse_code<E>(text);
  if (value) demand(code_of(*value) == text, "a word is read loosely");
}

void examine_values(std::string_view text) {
  demand_storable<Reference>(text, "reference"_column);
  demand_storable<Name>(text, "name"_column);
  demand_storable<Acronym>(text, "acronym"_column);
  demand_storable<Categories>(text, "categories"_column);
  demand_storable<Country>(text, "country"_column);
  demand_storable<City>(text, "city"_column);
  demand_storable<LongText>(text, "description"_column);
  demand_storable<LanguageTag>(text, "language"_column);
  demand_storable<PersonText>(text, "contact_name"_column);
  demand_storable<Email>(text, "contact_email"_column);
  demand_storable<Phone>(text, "contact_phone"_column);
  demand_storable<Date>(text, "applied_on"_column);
  demand_storable<MemberCount>(text, "member_count"_column);
  demand_storable<Remark>(text, "end_note"_column);
  demand_stable<FileName>(text);
  demand_stable<Practice>(text);
  demand_stable<Instant>(text);
  demand_stable<Practices>(parse_practices(text),
                           [](std::string_view again) { return parse_practices(again); });
  if (const auto id = PartnerId::parse(text))
    demand(PartnerId::parse(id->str()) == id, "an id is not the same when it is read again");
  if (parse_finding(text)) demand(text.find('=') != std::string_view::npos, "a finding is read loosely");
  demand_code<EndReason>(text);
  demand_code<Status>(text);
  for (const Column column : all_columns) could_be_stored(column, text);
}

/// What a CSV reader makes of the last of two cells.
std::string read_back(const std::string& csv) {
  std::size_t given = 0;
  CsvReader reader(
      [&](char* buffer, std::size_t size) {
        const std::size_t count = csv.copy(buffer, size, given);
        given += count;
        return count;
      },
      ',');
  demand(reader.next() == CsvResult::record && reader.fields().size() == 2, "not read back as CSV");
  return std::string(reader.fields().back().text);
}

void examine_writing(std::string_view text) {
  demand(!find_invalid_utf8(for_terminal(text)), "not fit for a terminal");
  demand(from_base64(to_base64(text)) == text, "not the same in base 64");
  if (const auto bytes = from_base64(text)) demand(to_base64(*bytes) == text, "base 64 is read loosely");
  media_type(text, text);
  is_formula_like(text);
  if (find_invalid_utf8(text)) return;
  const std::string own(text);
  demand(to_nfc(to_nfc(own)) == to_nfc(own), "no normal form");
  demand(search_key(search_key(own)) == search_key(own), "folded twice is folded otherwise");
  similarity_key(own);
  demand(SearchTerm(own).is_in(own), "a text is not found in itself");
  demand(display_width(clipped(own, 12)) <= 12, "clipped to more than there is room for");
  std::string json;
  append_json(json, own);
  demand(nlohmann::json::parse(json).get<std::string>() == own, "not the same in JSON");
  const bool has_control = find_control(own, LineFeeds::allowed) && json.find("\\u00") != std::string::npos;
  demand(has_control || CanonicalReader(json).string() == own, "JSON of ours is not canonical");
  if (own.find('\r') != std::string::npos) return;
  std::string csv = "first,";
  append_csv(csv, own);
  demand(read_back(csv + "\n") == own, "not the same in CSV");
}

void examine_json(std::string_view text) {
  CanonicalReader strings(text);
  if (const auto string = strings.string(); string && strings.is_at_end()) {
    std::string json;
    append_json(json, *string);
    demand(json == text, "JSON that is not canonical is taken");
  }
  CanonicalReader numbers(text);
  if (const auto number = numbers.number(); number && numbers.is_at_end())
    demand(std::to_string(*number) == text, "a number that is not canonical is taken");
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant::fuzz;
  const std::string_view text = text_of(bytes, size);
  examine_values(text);
  examine_writing(text);
  examine_json(text);
  return 0;
}
