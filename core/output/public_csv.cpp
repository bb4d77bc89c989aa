#include "core/output/public_csv.hpp"

#include <array>
#include <optional>

#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::array<std::string_view, 14> column_names = {
    "id",      "name",         "acronym",     "categories", "level",     "country",  "city",
    "website", "member_count", "description", "expertise",  "practices", "language", "partner_since"};

char delimiter(CsvReadBy read_by) {
  return read_by == CsvReadBy::spreadsheet ? ';' : ',';
}

template <class T>
std::string text_of(const std::optional<T>& value) {
  return value ? value->str() : std::string();
}

}  // namespace

std::string public_csv_header(CsvReadBy read_by) {
  std::string line = read_by == CsvReadBy::spreadsheet ? "\xEF\xBB\xBF" : "";
  for (const std::string_view name : column_names) {
    if (name != column_names.front()) line += delimiter(read_by);
    line += name;
  }
  return line;
}

PublicCsvWriter::PublicCsvWriter(TextSink& sink, CsvReadBy read_by) : sink_(sink), read_by_(read_by) {
  sink_.write(public_csv_header(read_by) + "\r\n");
}

void PublicCsvWriter::cell(std::string_view text) {
  if (!line_.empty()) line_ += delimiter(read_by_);
  if (read_by_ == CsvReadBy::spreadsheet && is_formula_like(text)) {
    append_csv(line_, std::string(1, '\'').append(text), delimiter(read_by_));
  } else {
    append_csv(line_, text, delimiter(read_by_));
  }
}

void PublicCsvWriter::end_line() {
  line_ += "\r\n";
  sink_.write(line_);
  line_.clear();
}

void PublicCsvWriter::row(const PublicPartner& partner) {
  cell(partner.id.str());
  cell(partner.name.str());
  cell(text_of(partner.acronym));
  cell(partner.categories.str());
  cell(code_of(partner.level));
  cell(partner.country.code());
  cell(text_of(partner.city));
  cell(text_of(partner.website));
  cell(partner.member_count ? std::to_string(partner.member_count->number()) : "");
  cell(text_of(partner.description));
  cell(text_of(partner.expertise));
  cell(to_text(partner.practices));
  cell(partner.language.str());
  cell(partner.partner_since.str());
  end_line();
}

}  // namespace covenant
