#include "core/formats/public_list.hpp"

#include "core/formats/json.hpp"
#include "core/text/json.hpp"

namespace covenant {

std::string public_csv_header(CsvReadBy read_by) {
  std::string line(beginning(read_by));
  for (const std::string_view name : Codes<PublicField>::codes) {
    if (name != Codes<PublicField>::codes.front()) line += separator(read_by);
    line += name;
  }
  return line;
}

PublicCsvWriter::PublicCsvWriter(TextSink& sink, CsvReadBy read_by) : sink_(sink), read_by_(read_by) {
  sink_.write(public_csv_header(read_by) + "\r\n");
}

void PublicCsvWriter::cell(std::string_view text) {
  if (!line_.empty()) line_ += separator(read_by_);
  append_cell(line_, text, read_by_);
}

void PublicCsvWriter::end_row() {
  line_ += "\r\n";
  sink_.write(line_);
  line_.clear();
}

void PublicCsvWriter::row(const PublicTexts& texts) {
  for (const std::string_view text : texts) cell(text);
  end_row();
}

PublicJsonWriter::PublicJsonWriter(TextSink& sink, const std::string& title, const PublicSummary& summary,
                                   const std::array<std::string, code_count<Category>>& labels)
    : sink_(sink) {
  std::string head;
  JsonWriter json(head);
  json.begin_object().member("format", 1).member("title", title);
  json.key("modified");
  summary.modified ? json.value(summary.modified->str()) : json.null();
  json.member("count", summary.count);
  json.key("categories").begin_object();
  for (std::size_t i = 0; i < labels.size(); ++i) json.member(code_of(static_cast<Category>(i)), labels[i]);
  json.end_object().key("partners").begin_array();
  sink_.write(head);
}

void PublicJsonWriter::begin_entry() {
  sink_.write(any_ ? ",\n" : "\n");
  any_ = true;
}

void PublicJsonWriter::begin_former() {
  if (part_ == Part::former) return;
  part_ = Part::former;
  sink_.write(any_ ? "\n],\"former\":[" : "],\"former\":[");
  any_ = false;
}

void PublicJsonWriter::row(const PublicTexts& texts) {
  begin_entry();
  entry_.clear();
  JsonWriter json(entry_);
  json.begin_object();
  for (std::size_t i = 0; i < texts.size(); ++i) write_column(json, public_columns[i], texts[i]);
  json.end_object();
  sink_.write(entry_);
}

void PublicJsonWriter::former(const FormerPartner& partner) {
  begin_former();
  begin_entry();
  entry_.clear();
  JsonWriter json(entry_);
  json.begin_object().member("id", partner.id.str()).member("name", partner.name.str());
  json.member("joined", partner.joined.str()).member("ended", partner.ended.str());
  const auto& successor = partner.successor;
  json.member_or_null("successor", successor ? std::optional(successor->id.str()) : std::nullopt)
      .end_object();
  sink_.write(entry_);
}

void PublicJsonWriter::finish() {
  begin_former();
  sink_.write(any_ ? "\n]}\n" : "]}\n");
}

}  // namespace covenant
