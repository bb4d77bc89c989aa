#include "core/ops/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/ops/batch_header.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// The beginning of a file, kept so that it can be looked at and then read again.
class PeekedSource {
 public:
  explicit PeekedSource(ByteSource source) : source_(std::move(source)) {
    constexpr std::size_t enough = std::size_t{64} * 1024;
    head_.resize(enough);
    std::size_t size = 0;
    while (size < enough) {
      const std::size_t count = source_(head_.data() + size, enough - size);
      if (count == 0) break;
      size += count;
    }
    head_.resize(size);
  }

  std::string_view head() const { return head_; }

  std::size_t read(char* buffer, std::size_t size) {
    if (read_ == head_.size()) return source_(buffer, size);
    const std::size_t count = std::min(size, head_.size() - read_);
    head_.copy(buffer, count, read_);
    read_ += count;
    return count;
  }

 private:
  ByteSource source_;
  std::string head_;
  std::size_t read_ = 0;
};

/// Writes rejected rows byte for byte as they are in the file.
class RejectWriter {
 public:
  RejectWriter(Rejects sink, char delimiter) : sink_(sink), delimiter_(delimiter) {}

  /// `mark` is the byte order mark that the file began with, or nothing.
  void header(const CsvReader& reader, const BatchHeader& header, std::string_view mark) {
    if (sink_ == nullptr) return;
    sink_->write(mark);
    is_error_column_ = header.is_error_column;
    line_end_ = reader.line_end() == "\r\n" ? "\r\n" : "\n";
    std::string line = kept(reader);
    for (const std::string_view name : error_columns) line.append(1, delimiter_).append(name);
    sink_->write(line + line_end_);
  }

  void row(const CsvReader& reader, const Problem& problem) {
    if (sink_ == nullptr) return;
    std::string line = kept(reader);
    line.append(1, delimiter_).append(std::to_string(problem.line));
    for (const std::string_view text :
         {std::string_view(problem.column), code_of(problem.code), std::string_view(problem.message)}) {
      line += delimiter_;
      append_csv(line, text, delimiter_);
    }
    sink_->write(line + line_end_);
  }

 private:
  /// The record's bytes but for columns that an earlier run added. A record that is out of shape stays as it
  /// is.
  std::string kept(const CsvReader& reader) const {
    const auto& fields = reader.fields();
    const bool as_it_is =
        fields.size() != is_error_column_.size() ||
        std::find(is_error_column_.begin(), is_error_column_.end(), true) == is_error_column_.end();
    if (as_it_is) return std::string(reader.raw());
    std::string line;
    bool first = true;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (is_error_column_[i]) continue;
      if (!first) line += delimiter_;
      line.append(fields[i].raw);
      first = false;
    }
    return line;
  }

  Rejects sink_;
  char delimiter_;
  std::vector<bool> is_error_column_;
  std::string line_end_ = "\n";
};

/// One run over one file.
class Batch {
 public:
  Batch(CsvReader& reader, std::string_view mark, RejectWriter& rejects, const BatchListener& listener)
      : reader_(reader), mark_(mark), rejects_(rejects), listener_(listener) {}

  BatchCounts run(const BatchColumns& columns, const std::function<OutcomeResult(const BatchRow&)>& handle) {
    if (!read_header_row(columns)) {
      counts_.header_is_valid = false;
      return counts_;
    }
    for (CsvResult found = reader_.next(); found != CsvResult::end; found = reader_.next()) {
      ++counts_.read;
      if (found == CsvResult::malformed) {
        reject({reader_.problem()});
      } else {
        do_row(columns, handle);
      }
      constexpr std::uint64_t now_and_then = 4096;
      if (counts_.read % now_and_then == 0 && listener_.progress) listener_.progress(counts_.read);
    }
    return counts_;
  }

 private:
  bool read_header_row(const BatchColumns& columns) {
    const CsvResult found = reader_.next();
    if (found == CsvResult::end) {
      listener_.problem({ProblemCode::columns, "", "empty file; its first line names the columns", "", 1});
      return false;
    }
    if (found == CsvResult::malformed) {
      listener_.problem(reader_.problem());
      return false;
    }
    header_ = read_header(reader_.fields(), columns);
    for (const Problem& problem : header_.problems) listener_.problem(problem);
    if (!header_.problems.empty()) return false;
    rejects_.header(reader_, header_, mark_);
    return true;
  }

  void do_row(const BatchColumns& columns, const std::function<OutcomeResult(const BatchRow&)>& handle) {
    const auto& fields = reader_.fields();
    if (fields.size() != header_.known.size() && !lacks_error_columns(fields.size())) {
      reject({{ProblemCode::columns, std::to_string(fields.size()),
               fmt::format("{} field{} for {} columns; quote fields that contain the delimiter",
                           fields.size(), fields.size() == 1 ? "" : "s", header_.known.size()),
               "", 0}});
      return;
    }
    BatchRow row(columns.known.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (header_.known[i]) row[*header_.known[i]] = without_guard(fields[i].text);
    }
    OutcomeResult result = handle(row);
    if (result) {
      count(std::move(result).value());
    } else {
      reject(std::move(result).problems());
    }
  }

  /// Whether a row has all that the header names but what an earlier run added at its end: a rejected row
  /// whose quote was closed after those.
  bool lacks_error_columns(std::size_t fields) const {
    const auto& is_error = header_.is_error_column;
    const auto count = static_cast<std::size_t>(std::count(is_error.begin(), is_error.end(), true));
    return fields + count == is_error.size() &&
           std::all_of(is_error.end() - static_cast<std::ptrdiff_t>(count), is_error.end(),
                       [](bool is) { return is; });
  }

  static std::string_view without_guard(std::string_view cell) {
    if (cell.starts_with('\'') && is_formula_like(cell)) cell.remove_prefix(1);
    return cell;
  }

  void count(Outcome outcome) {
    for (Note& note : outcome.notes) {
      if (note.line == 0) note.line = reader_.line();
    }
    switch (outcome.effect) {
      case Effect::applied:
        ++counts_.applied;
        break;
      case Effect::updated:
        ++counts_.updated;
        break;
      case Effect::unchanged:
        ++counts_.unchanged;
        break;
    }
    if (listener_.outcome) listener_.outcome(outcome);
  }

  void reject(std::vector<Problem> problems) {
    ++counts_.rejected;
    for (Problem& problem : problems) {
      if (problem.line == 0) problem.line = reader_.line();
      listener_.problem(problem);
    }
    rejects_.row(reader_, problems.front());
  }

  CsvReader& reader_;
  std::string_view mark_;
  RejectWriter& rejects_;
  const BatchListener& listener_;
  BatchHeader header_;
  BatchCounts counts_;
};

std::vector<std::string_view> every_name(const BatchColumns& columns) {
  std::vector<std::string_view> names = columns.known;
  names.insert(names.end(), columns.ignored.begin(), columns.ignored.end());
  return names;
}

/// Why a file that begins so is no CSV file in UTF-8; empty when it may be one.
std::string_view other_format(std::string_view head) {
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) return "UTF-16 file; save it as UTF-8";
  if (head.starts_with("PK\x03\x04")) return "spreadsheet document; save it as CSV in UTF-8";
  return {};
}

}  // namespace

BatchCounts run_batch(const BatchInput& input, const BatchColumns& columns,
                      const std::function<OutcomeResult(const BatchRow&)>& handle,
                      const BatchListener& listener, Rejects rejects) {
  PeekedSource source(input.source);
  if (const std::string_view why = other_format(source.head()); !why.empty()) {
    listener.problem({ProblemCode::encoding, "", std::string(why), "", 1});
    BatchCounts none;
    none.header_is_valid = false;
    return none;
  }
  const char delimiter =
      input.delimiter ? *input.delimiter : detect_delimiter(source.head(), every_name(columns));
  CsvReader reader([&](char* buffer, std::size_t size) { return source.read(buffer, size); }, delimiter);
  RejectWriter writer(rejects, delimiter);
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const std::string_view mark = source.head().starts_with(byte_order_mark) ? byte_order_mark : "";
  return Batch(reader, mark, writer, listener).run(columns, handle);
}

}  // namespace covenant
