#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/note.hpp"
#include "core/base/result.hpp"
#include "core/base/sink.hpp"
#include "core/ops/batch.hpp"
#include "core/ops/outcome.hpp"
#include "core/text/ascii.hpp"

namespace covenant {

/// How a command reports what it did.
enum class ReportFormat { text, json };

template <>
struct Codes<ReportFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"text", "json"};
};

/// The partners that a command changed, until it is committed and may be printed. A long log goes to a
/// nameless temporary file: memory does not grow with the batch.
class OutcomeLog {
 public:
  OutcomeLog(ReportFormat format, const TableLook& look) : format_(format), look_(look) {}

  /// @throws Error{file} when the temporary file cannot be written
  void add(const Outcome& outcome);

  /// How many partners were changed.
  std::uint64_t size() const { return size_; }
  /// How many of them failed a criterion.
  std::uint64_t failures() const { return failures_; }
  /// The first partner, changed or not; there has to be one.
  PartnerId first() const { return first_.value(); }

  /// Writes what was changed: a line a partner, its id and its status with a tab between, on a terminal in
  /// columns; or the members of a JSON array.
  void write_to(TextSink& sink);

 private:
  struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  };

  void append_line(const Outcome& outcome);
  void append_json(const Outcome& outcome);
  void spill();

  ReportFormat format_;
  TableLook look_;
  std::uint64_t size_ = 0;
  std::uint64_t failures_ = 0;
  std::optional<PartnerId> first_;
  std::string text_;
  std::unique_ptr<std::FILE, Close> file_;
};

/// Diagnostics of one kind: those that are reported, and how many more there were by their codes.
template <class Code>
class Reported {
 public:
  explicit Reported(std::uint64_t most) : most_(most) {}

  /// Whether it is one of the first `most` rows, whose diagnostics are kept; those of a row come one after
  /// the other. What has no line counts for itself.
  bool add(const Diagnostic<Code>& diagnostic) {
    if (diagnostic.line == 0 || diagnostic.line != last_line_) ++rows_;
    last_line_ = diagnostic.line;
    if (rows_ <= most_) {
      kept_.push_back(diagnostic);
      kept_.back().value.resize(cut(kept_.back().value, longest_value).size());
      return true;
    }
    ++more_;
    ++more_by_code_.at(static_cast<std::size_t>(diagnostic.code));
    return false;
  }

  const std::vector<Diagnostic<Code>>& kept() const { return kept_; }
  /// "5 more errors: 3 choice, 2 url"; empty when there were no more. `noun` is "error".
  std::string more(std::string_view noun) const;

 private:
  static constexpr std::size_t longest_value = 4096;

  std::uint64_t most_;
  std::uint64_t rows_ = 0;
  std::uint64_t last_line_ = 0;
  std::vector<Diagnostic<Code>> kept_;
  std::uint64_t more_ = 0;
  std::array<std::uint64_t, code_count<Code>> more_by_code_{};
};

/// Reports problems and notes to people, a line each ("covenant: in.csv:17: website: …", "covenant:
/// --website: note: …"), and keeps them for the JSON report; beyond the most rows it only counts.
class ChangeReport {
 public:
  static constexpr std::uint64_t default_most = 100;

  /// About options: all problems, and the most notes.
  ChangeReport(Context& context, OptionNames names)
      : context_(context), names_(std::move(names)), problems_(UINT64_MAX), notes_(default_most) {}
  /// About a form's lines, likewise.
  ChangeReport(Context& context, std::string file)
      : context_(context), file_(std::move(file)), problems_(UINT64_MAX), notes_(default_most) {}
  /// About a spreadsheet's lines.
  ChangeReport(Context& context, std::string file, std::uint64_t most)
      : context_(context), file_(std::move(file)), has_rows_(true), problems_(most), notes_(most) {}

  /// Prints it at once; what is missing among the options, or in the form, is printed as one line at the end.
  void add(const Problem& problem);
  /// Keeps it for the JSON report; somebody else prints it.
  void keep(const Problem& problem) { problems_.add(problem); }
  /// Prints it with the others, when everything is done. A document that several partners have is one note.
  void add(const Note& note);

  /// Prints how many problems there were beyond the most.
  void finish_problems();
  /// Prints what is missing, the notes, and how many there were beyond the most.
  void finish_notes();

  /// Writes the report of covenant(1), JSON REPORT, with a line feed. Null: no partner was changed.
  void write_json(TextSink& sink, const BatchCounts& counts, OutcomeLog* outcomes) const;

 private:
  std::string place(std::string_view column, std::uint64_t line) const;
  std::string line_for_people(const Problem& problem) const;

  Context& context_;
  std::optional<std::string> file_;
  bool has_rows_ = false;
  OptionNames names_;
  std::string missing_;  ///< options, or fields of the form
  Reported<ProblemCode> problems_;
  Reported<NoteCode> notes_;
  std::set<std::pair<std::string, std::string>> noted_documents_;  ///< their names, and what was said
};

}  // namespace covenant
