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

std::string public_entry(const PublicTexts& texts, const std::optional<std::string>& page) {
  std::string entry;
  JsonWriter json(entry);
  json.begin_object();
  for (std::size_t i = 0; i < texts.size(); ++i) write_column(json, public_columns[i], texts[i]);
  if (page) json.member("page", *page);
  json.end_object();
  return entry;
}

std::string former_entry(const FormerPartner& partner) {
  std::string entry;
  JsonWriter json(entry);
  json.begin_object().member("id", partner.id.str()).member("name", partner.name.str());
  json.member("joined", partner.joined.str()).member("ended", partner.ended.str());
  const auto& successor = partner.successor;
  json.member_or_null("successor", successor ? std::optional(successor->id.str()) : std::nullopt);
  json.end_object();
  return entry;
}

void PublicLists::begin(std::string_view name) {
  if (std::exchange(is_open_, true)) gap_.append(any_ ? "\n]," : "],");
  gap_.append(1, '"').append(name).append("\":[");
  any_ = false;
}

void PublicLists::add(PartnerId partner) {
  std::string entry;
  JsonWriter(entry).value(partner.str());
  add(entry);
}

void PublicLists::add(const std::string& entry) {
  sink_.write(gap_.append(any_ ? ",\n" : "\n").append(entry));
  gap_.clear();
  any_ = true;
}

void PublicLists::finish() {
  sink_.write(gap_.append(any_ ? "\n]}\n" : "]}\n"));
}

namespace {

void write_modified(JsonWriter& json, const PublicSummary& summary) {
  json.key("modified");
  summary.modified ? json.value(summary.modified->str()) : json.null();
}

std::string list_head(const std::string& title, const PublicSummary& summary,
                      const std::array<std::string, code_count<Category>>& labels,
                      const std::optional<std::string>& licence) {
  std::string head;
  JsonWriter json(head);
  json.begin_object().member("format", 1).member("title", title);
  write_modified(json, summary);
  json.member("sequence", summary.sequence).member("count", summary.count);
  if (licence) json.member("licence", *licence);
  json.key("categories").begin_object();
  for (std::size_t i = 0; i < labels.size(); ++i) json.member(code_of(static_cast<Category>(i)), labels[i]);
  json.end_object();
  return head + ",";
}

}  // namespace

std::string public_delta_head(std::int64_t since, const PublicSummary& summary) {
  std::string head;
  JsonWriter json(head);
  json.begin_object().member("format", 1).member("from", since).member("to", summary.sequence);
  write_modified(json, summary);
  return head + ",";
}

PublicJsonWriter::PublicJsonWriter(TextSink& sink, const std::string& title, const PublicSummary& summary,
                                   const std::array<std::string, code_count<Category>>& labels,
                                   const std::optional<std::string>& licence, PartnerPageOf page_of)
    : lists_(sink, list_head(title, summary, labels, licence), std::move(page_of)) {
  lists_.begin("partners");
}

void PublicJsonWriter::begin_former() {
  if (!std::exchange(is_former_, true)) lists_.begin("former");
}

void PublicJsonWriter::former(const FormerPartner& partner) {
  begin_former();
  lists_.add(partner);
}

void PublicJsonWriter::finish() {
  begin_former();
  lists_.finish();
}

}  // namespace covenant
