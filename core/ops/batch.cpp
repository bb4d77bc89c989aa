#include "core/ops/batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/model/text.hpp"
#include "core/ops/batch_header.hpp"
#include "core/text/ascii.hpp"
#include "core/text/csv_header.hpp"
#include "core/text/escape.hpp"
#include "core/text/file_kind.hpp"
#include "core/text/utf8.hpp"

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

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// Whether the last fields of a row are what `RejectWriter` adds.
bool has_added_fields(const std::vector<CsvField>& fields) {
  constexpr std::size_t added = error_columns.size();
  if (fields.size() < added) return false;
  const auto first = fields.end() - added;
  return is_number(first[0].text) && from_code<ProblemCode>(first[2].text).has_value();
}

/// How many fields a row has of its own.
std::size_t own_fields(const std::vector<CsvField>& fields) {
  return fields.size() - (has_added_fields(fields) ? error_columns.size() : 0);
}

/// A record whose quotes are malformed, without what `RejectWriter` added to it.
std::string_view without_added_text(std::string_view raw, char delimiter) {
  for (const std::string_view code : Codes<ProblemCode>::codes) {
    const std::size_t end_of_column = raw.rfind(fmt::format("{}{}{}", delimiter, code, delimiter));
    if (end_of_column == std::string_view::npos || end_of_column == 0) continue;
    const std::size_t end_of_line = raw.rfind(delimiter, end_of_column - 1);
    if (end_of_line == std::string_view::npos || end_of_line == 0) continue;
    const std::size_t end = raw.rfind(delimiter, end_of_line - 1);
    if (end == std::string_view::npos) continue;
    if (is_number(raw.substr(end + 1, end_of_line - end - 1))) return raw.substr(0, end);
  }
  return raw;
}

/// Writes rejected rows byte for byte as they are in the file.
class RejectWriter {
 public:
  RejectWriter(Rejects sink, char delimiter) : sink_(sink), delimiter_(delimiter) {}

  /// `before` is what the file has before its header.
  void header(const CsvReader& reader, const BatchHeader& header, std::string_view before) {
    if (sink_ == nullptr) return;
    sink_->write(before);
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
  /// The record's bytes but for what an earlier run added.
  std::string kept(const CsvReader& reader) const {
    const auto& fields = reader.fields();
    const std::string_view raw = reader.raw();
    if (fields.empty()) return std::string(without_added_text(raw, delimiter_));
    if (fields.size() != is_error_column_.size()) {
      const std::size_t own = own_fields(fields);
      if (own == fields.size()) return std::string(raw);
      return own == 0 ? "" : std::string(raw.data(), fields[own - 1].raw.data() + fields[own - 1].raw.size());
    }
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
  /// `head` is the beginning of the file, as UTF-8.
  Batch(CsvReader& reader, char delimiter, std::string_view head, const std::optional<Encoding>& encoding,
        RejectWriter& rejects, const BatchListener& listener)
      : reader_(reader),
        delimiter_(delimiter),
        head_(head),
        encoding_(encoding),
        rejects_(rejects),
        listener_(listener) {}

  BatchCounts run(const BatchColumns& columns, const std::function<OutcomeResult(const BatchRow&)>& handle) {
    if (!read_header_row(columns)) {
      counts_.header_is_valid = false;
      return counts_;
    }
    for (CsvResult found = reader_.next(); found != CsvResult::end; found = reader_.next()) {
      if (found == CsvResult::record && is_blank()) {
        ++counts_.blank;
        continue;
      }
      ++counts_.read;
      if (found == CsvResult::malformed) {
        reject({reader_.problem()});
      } else {
        do_row(columns, handle);
      }
      constexpr std::uint64_t now_and_then = 4096;
      if (counts_.read % now_and_then == 0 && listener_.progress) listener_.progress(counts_.read);
    }
    counts_.blank += reader_.empty_lines();
    return counts_;
  }

 private:
  bool read_header_row(const BatchColumns& columns) {
    std::string before(head_.starts_with(byte_order_mark) ? byte_order_mark : "");
    CsvResult found = reader_.next();
    if (found != CsvResult::end && separator_of(reader_.raw())) {
      before.append(reader_.raw()).append(reader_.line_end());
      found = reader_.next();
    }
    for (; found == CsvResult::record && is_blank(); found = reader_.next()) ++counts_.blank;
    if (found == CsvResult::end) {
      listener_.foreign({ProblemCode::columns, "", "empty file", "", 0},
                        {"empty file", "", FileContent::nothing});
      return false;
    }
    if (found == CsvResult::malformed) {
      listener_.problem(reader_.problem());
      return false;
    }
    if (const auto problems = undecoded(columns); !problems.empty()) {
      for (const Problem& problem : problems) listener_.problem(problem);
      return false;
    }
    header_ = read_header(reader_.fields(), columns);
    for (const Problem& problem : header_.problems) listener_.problem(problem);
    if (!header_.problems.empty()) return false;
    has_unnamed_ =
        std::find(header_.is_unnamed.begin(), header_.is_unnamed.end(), true) != header_.is_unnamed.end();
    rejects_.header(reader_, header_, before);
    return true;
  }

  /// Whether a record has no value but in columns that an earlier run added.
  bool is_blank() const {
    const auto& fields = reader_.fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const bool is_added = fields.size() == header_.is_error_column.size() && header_.is_error_column[i];
      if (!is_added && !trimmed(fields[i].text).empty()) return false;
    }
    return true;
  }

  void do_row(const BatchColumns& columns, const std::function<OutcomeResult(const BatchRow&)>& handle) {
    const auto& fields = reader_.fields();
    if (fields.size() != header_.known.size() && own_fields(fields) != own_columns()) {
      reject({{ProblemCode::columns, std::to_string(own_fields(fields)),
               fmt::format(
                   "{} field{} for {} columns; {} {}", own_fields(fields), own_fields(fields) == 1 ? "" : "s",
                   own_columns(),
                   own_fields(fields) < own_columns() ? "fill the row up with" : "quote fields that contain",
                   delimiter_name()),
               "", 0}});
      return;
    }
    const std::size_t size = std::min(fields.size(), header_.known.size());
    if (auto problems = undecoded(columns); !problems.empty()) return reject(std::move(problems));
    if (has_unnamed_) {
      if (auto problems = values_without_column(size); !problems.empty()) return reject(std::move(problems));
    }
    BatchRow row{.cells = std::vector<std::optional<std::string_view>>(columns.known.size()),
                 .line = reader_.line()};
    for (std::size_t i = 0; i < size; ++i) {
      if (header_.known[i]) row.cells[*header_.known[i]] = without_guard(fields[i].text);
    }
    OutcomeResult result = handle(row);
    if (result) {
      count(std::move(result).value());
    } else {
      reject(std::move(result).problems());
    }
  }

  /// How many columns the file has but for those that an earlier run added at its end.
  std::size_t own_columns() const {
    const auto& is_error = header_.is_error_column;
    const std::size_t added = error_columns.size();
    const bool has_added =
        is_error.size() >= added && std::all_of(is_error.end() - static_cast<std::ptrdiff_t>(added),
                                                is_error.end(), [](bool is) { return is; });
    return is_error.size() - (has_added ? added : 0);
  }

  /// The fields with bytes that have no character in the encoding that was named.
  Problems undecoded(const BatchColumns& columns) const {
    Problems problems;
    if (!encoding_ || !has_undecoded_bytes(reader_.raw())) return problems;
    for (std::size_t i = 0; i < reader_.fields().size(); ++i) {
      const CsvField& field = reader_.fields()[i];
      if (!has_undecoded_bytes(field.text)) continue;
      const std::string bytes = undecoded_bytes(field.text);
      const bool is_known = i < header_.known.size() && header_.known[i];
      problems.push_back({ProblemCode::encoding, bytes,
                          fmt::format("{} is not {}", in_quotes(bytes), encoding_->name()),
                          is_known ? std::string(columns.known[*header_.known[i]]) : "", reader_.line()});
    }
    return problems;
  }

  Problems values_without_column(std::size_t size) const {
    Problems problems;
    for (std::size_t i = 0; i < size; ++i) {
      const std::string_view text = trimmed(reader_.fields()[i].text);
      if (!header_.is_unnamed[i] || text.empty()) continue;
      problems.push_back(Problem::of(
          ProblemCode::columns, text,
          fmt::format("column {}: {} has no heading; add one or clear it", i + 1, in_quotes(text))));
    }
    return problems;
  }

  /// What a list for spreadsheet programs, which has semicolons and a byte order mark, keeps from running as
  /// a formula; saved by such a program it may have lost one of them. A list for programs has every cell as
  /// it is.
  std::string_view without_guard(std::string_view cell) const {
    if (cell.starts_with('\'') && is_for_spreadsheets() && is_formula_like(cell)) cell.remove_prefix(1);
    return cell;
  }

  bool is_for_spreadsheets() const { return delimiter_ == ';' || head_.starts_with(byte_order_mark); }

  std::string delimiter_name() const {
    return delimiter_ == '\t' ? "a tab" : fmt::format("'{}'", delimiter_);
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
      if (encoding_) problem.value = undecoded_bytes(problem.value);
      report(problem);
    }
    rejects_.row(reader_, problems.front());
  }

  /// Reports that a file is in another encoding once: it would be said of nearly every row.
  void report(Problem& problem) {
    if (problem.code != ProblemCode::encoding) return listener_.problem(problem);
    if (was_named_) return;
    if (encoding_ || !may_be_windows_1252()) return listener_.problem(problem);
    problem.message = fmt::format("{} is not UTF-8", in_quotes(problem.value));
    was_named_ = true;
    listener_.foreign(problem, {"Windows-1252 file", "windows-1252", FileContent::text});
  }

  bool may_be_windows_1252() const {
    return is_probably_windows_1252(reader_.raw()) && (is_ascii(head_) || is_probably_windows_1252(head_));
  }

  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

  CsvReader& reader_;
  char delimiter_;
  std::string_view head_;
  const std::optional<Encoding>& encoding_;
  RejectWriter& rejects_;
  const BatchListener& listener_;
  BatchHeader header_;
  bool has_unnamed_ = false;
  bool was_named_ = false;  ///< the encoding of a file that is not UTF-8, which is said once
  BatchCounts counts_;
};

std::vector<std::string_view> every_name(const BatchColumns& columns) {
  std::vector<std::string_view> names = columns.known;
  names.insert(names.end(), columns.ignored.begin(), columns.ignored.end());
  return names;
}

/// Reads a file whose bytes are UTF-8, or were made so.
BatchCounts run_text(const ByteSource& bytes, const BatchInput& input, const BatchColumns& columns,
                     const std::function<OutcomeResult(const BatchRow&)>& handle,
                     const BatchListener& listener, Rejects rejects) {
  PeekedSource source(bytes);
  const char delimiter =
      input.delimiter ? *input.delimiter : detect_delimiter(source.head(), every_name(columns));
  CsvReader reader([&](char* buffer, std::size_t size) { return source.read(buffer, size); }, delimiter);
  RejectWriter writer(rejects, delimiter);
  return Batch(reader, delimiter, source.head(), input.encoding, writer, listener).run(columns, handle);
}

}  // namespace

BatchCounts run_batch(const BatchInput& input, const BatchColumns& columns,
                      const std::function<OutcomeResult(const BatchRow&)>& handle,
                      const BatchListener& listener, Rejects rejects) {
  PeekedSource bytes(input.source);
  const auto kind = recognise_file(bytes.head());
  const bool is_named =
      kind && kind->content == FileContent::text && input.encoding && input.encoding->is_wide();
  if (kind && !is_named) {
    listener.foreign(Problem::of(ProblemCode::encoding, "", std::string(kind->name)), *kind);
    BatchCounts none;
    none.header_is_valid = false;
    return none;
  }
  const ByteSource source = [&](char* buffer, std::size_t size) { return bytes.read(buffer, size); };
  if (!input.encoding) return run_text(source, input, columns, handle, listener, rejects);
  const Encoding encoding = input.encoding->of_file(bytes.head());
  std::optional<EncodingSink> encoded;
  if (rejects != nullptr) encoded.emplace(*rejects, encoding);
  return run_text(decoded(source, encoding), input, columns, handle, listener, encoded ? &*encoded : nullptr);
}

}  // namespace covenant
