#include "core/formats/list.hpp"

#include <string>
#include <utility>

#include "core/formats/json.hpp"
#include "core/formats/table.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

using AppendCell = void (*)(std::string& out, std::string_view text);

/// CSV and TSV: cells between separators.
class SeparatedWriter final : public ListWriter {
 public:
  struct Dialect {
    AppendCell append;
    char separator;
    std::string_view line_end;
    std::string_view beginning{};
  };

  SeparatedWriter(const Dialect& dialect, std::vector<Column> columns, TextSink& sink, Header header)
      : dialect_(dialect), columns_(std::move(columns)), sink_(sink) {
    sink_.write(std::string(dialect.beginning));
    if (header == Header::hidden) return;
    write_line([&](std::size_t i) { return code_of(columns_[i]); });
  }

  void row(const ListedRow& row) override {
    write_line([&](std::size_t i) { return row.texts[i]; });
  }

  void finish() override {}

 private:
  template <class TextOf>
  void write_line(TextOf text_of) {
    line_.clear();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      dialect_.append(line_, text_of(i));
      line_ += dialect_.separator;
    }
    line_.pop_back();
    // A line without anything would be no row at all.
    if (line_.empty() && dialect_.separator != '\t') line_ = "\"\"";
    line_ += dialect_.line_end;
    sink_.write(line_);
  }

  Dialect dialect_;
  std::vector<Column> columns_;
  TextSink& sink_;
  std::string line_;
};

/// JSON, one object a line; as one array when it has brackets.
class JsonListWriter final : public ListWriter {
 public:
  enum class Brackets { none, array };

  JsonListWriter(Brackets brackets, std::vector<Column> columns, TextSink& sink)
      : brackets_(brackets), columns_(std::move(columns)), sink_(sink) {}

  void row(const ListedRow& row) override {
    line_.clear();
    if (brackets_ == Brackets::array) line_ += any_ ? ",\n" : "[\n";
    any_ = true;
    JsonWriter json(line_);
    JsonWriter& object = json.begin_object();
    for (std::size_t i = 0; i < columns_.size(); ++i) write_column(object, columns_[i], row.texts[i]);
    object.end_object();
    if (brackets_ == Brackets::none) line_ += '\n';
    sink_.write(line_);
  }

  void finish() override {
    if (brackets_ == Brackets::array) sink_.write(any_ ? "\n]\n" : "[]\n");
  }

 private:
  Brackets brackets_;
  std::vector<Column> columns_;
  TextSink& sink_;
  std::string line_;
  bool any_ = false;
};

template <CsvReadBy read_by>
void append_csv_cell(std::string& out, std::string_view text) {
  append_cell(out, text, read_by);
}

template <CsvReadBy read_by>
constexpr SeparatedWriter::Dialect csv_for{append_csv_cell<read_by>, separator(read_by), "\r\n",
                                           beginning(read_by)};

}  // namespace

std::unique_ptr<ListWriter> make_list_writer(ListFormat format, std::vector<Column> columns, TextSink& sink,
                                             const TableLook& look) {
  constexpr SeparatedWriter::Dialect tsv{append_tsv, '\t', "\n"};
  switch (format) {
    case ListFormat::csv:
      return std::make_unique<SeparatedWriter>(look.csv_read_by == CsvReadBy::spreadsheet
                                                   ? csv_for<CsvReadBy::spreadsheet>
                                                   : csv_for<CsvReadBy::program>,
                                               std::move(columns), sink, look.header);
    case ListFormat::tsv:
      return std::make_unique<SeparatedWriter>(tsv, std::move(columns), sink, look.header);
    case ListFormat::json:
      return std::make_unique<JsonListWriter>(JsonListWriter::Brackets::array, std::move(columns), sink);
    case ListFormat::jsonl:
      return std::make_unique<JsonListWriter>(JsonListWriter::Brackets::none, std::move(columns), sink);
    case ListFormat::table:
      break;
  }
  return std::make_unique<TableWriter>(std::move(columns), sink, look);
}

}  // namespace covenant
