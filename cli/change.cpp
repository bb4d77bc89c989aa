#include "cli/change.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "cli/choices.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"

namespace covenant {

namespace {

enum class ReportFormat { text, json };

}  // namespace

template <>
struct Codes<ReportFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"text", "json"};
};

namespace {

ReportFormat report_format(const ChangeOptions& options) {
  return parse_choice_or("--format", options.format, ReportFormat::text);
}

std::optional<char> delimiter_of(const CsvOptions& csv) {
  if (!csv.delimiter) return std::nullopt;
  if (*csv.delimiter == "," || *csv.delimiter == "comma") return ',';
  if (*csv.delimiter == ";" || *csv.delimiter == "semicolon") return ';';
  if (*csv.delimiter == "\t" || *csv.delimiter == "\\t" || *csv.delimiter == "tab") return '\t';
  throw Error(ErrorKind::usage, "--delimiter takes ',', ';' or 'tab', not '" + *csv.delimiter + "'");
}

ExitCode refusal_code(const std::vector<Problem>& problems) {
  // A field that does not hold comes before what else is wrong: it has to be mended first.
  ExitCode code = exit_code(problems.front().code);
  for (const Problem& problem : problems) {
    if (exit_code(problem.code) == ExitCode::bad_input) code = ExitCode::bad_input;
  }
  return code;
}

BatchCounts counts_of(const OutcomeResult& result) {
  BatchCounts counts;
  counts.read = 1;
  const auto* outcome = std::get_if<Outcome>(&result);
  if (outcome == nullptr) {
    counts.rejected = 1;
    return counts;
  }
  counts.applied = outcome->effect == Effect::applied ? 1 : 0;
  counts.updated = outcome->effect == Effect::updated ? 1 : 0;
  counts.unchanged = outcome->effect == Effect::unchanged ? 1 : 0;
  return counts;
}

/// A spreadsheet while it is read.
class BatchRun {
 public:
  BatchRun(Context& context, const ChangeOptions& options, const CsvOptions& csv)
      : context_(context),
        options_(options),
        report_(context, *csv.path, parse_count_or("--max-errors", csv.max_errors, 100)),
        input_(*csv.path),
        delimiter_(delimiter_of(csv)) {
    if (csv.rejects) check_rejects(csv);
    if (csv.rejects && !options.dry_run)
      rejects_ = std::make_unique<AtomicFile>(*csv.rejects, Audience::owner);
    keeps_good_rows_ = csv.rejects.has_value();
  }

  ChangeSummary run(Write& write, const BatchColumns& columns,
                    const std::function<OutcomeResult(Write&, const BatchRow&)>& verb) {
    ChangeSummary summary;
    Progress progress(context_);
    const BatchListener listener{[&](const Outcome& outcome) { summary.outcomes.add(outcome); },
                                 [&](const Problem& problem) { report_.add(problem); },
                                 [&](std::uint64_t rows) { progress.show(rows); }};
    const BatchInput input{[&](char* buffer, std::size_t size) { return input_.read(buffer, size); },
                           delimiter_};
    summary.counts = run_batch(
        input, columns, [&](const BatchRow& row) { return verb(write, row); }, listener, rejects_.get());
    report_.finish();
    if (!stands(summary.counts)) summary.counts.applied = summary.counts.updated = 0;
    return summary;
  }

  /// Rows that were refused are safe in their file before the others count.
  void commit(Write& write, const BatchCounts& counts) {
    if (options_.dry_run || !counts.header_holds) return;
    if (rejects_) rejects_->commit();
    write.commit();
  }

  bool stands(const BatchCounts& counts) const {
    return counts.all_good() || (counts.header_holds && keeps_good_rows_);
  }

  std::string json(const BatchCounts& counts) const { return report_.json(counts); }

 private:
  void check_rejects(const CsvOptions& csv) const {
    if (*csv.rejects == "-") {
      throw Error(ErrorKind::usage, "--rejects needs a file; '-' would mix the rows with the report");
    }
    std::error_code error;  // what is not there is not the file that is read
    if (std::filesystem::equivalent(*csv.path, context_.output_path(*csv.rejects), error)) {
      throw Error(ErrorKind::usage,
                  "--rejects " + *csv.rejects + " would replace the file that is read; give another name");
    }
  }

  Context& context_;
  const ChangeOptions& options_;
  ProblemReport report_;
  InputFile input_;
  std::optional<char> delimiter_;
  std::unique_ptr<AtomicFile> rejects_;
  bool keeps_good_rows_ = false;
};

}  // namespace

void declare_change(Flags& flags, ChangeOptions& options) {
  flags.flag("--dry-run", options.dry_run, "do and report the same, but write nothing");
  flags.option("--format", "text|json", options.format, "json prints a report instead of a line a partner");
}

void declare_csv(Flags& flags, CsvOptions& options) {
  flags.option("--csv", "FILE", options.path, "do every row of a CSV file; '-' is standard input");
  flags.option("--delimiter", "CHAR", options.delimiter, "',', ';' or 'tab' (else found from the header)");
  flags.option("--max-errors", "N", options.max_errors, "tell at most N errors (default 100)");
  flags.option("--rejects", "FILE", options.rejects, "do the good rows and write the bad ones to FILE");
}

std::string counted(std::uint64_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void print_changes(Context& context, const ChangeOptions& options, ChangeSummary& summary,
                   const std::string& report, const Sentence& sentence) {
  if (report_format(options) == ReportFormat::json) {
    context.out().write(report);
  } else {
    summary.outcomes.write_to(context.out());
  }
  context.say(sentence(summary) + (options.dry_run ? " Nothing was written (--dry-run)." : ""));
}

ExitCode change_one(Context& context, const ChangeOptions& options, const std::string& file,
                    const std::function<OutcomeResult(Write&)>& verb, const Sentence& sentence) {
  const ReportFormat format = report_format(options);
  Registry registry = context.open(OpenMode::write);
  Write write = registry.write();
  const OutcomeResult result = verb(write);
  ChangeSummary summary{counts_of(result), {}};
  constexpr std::uint64_t all = UINT64_MAX;
  ProblemReport report(context, file, all);
  if (const auto* problems = std::get_if<std::vector<Problem>>(&result)) {
    for (const Problem& problem : *problems) report.add(problem);
    if (format == ReportFormat::json) context.out().write(report.json(summary.counts));
    return refusal_code(*problems);
  }
  if (!options.dry_run) write.commit();
  summary.outcomes.add(std::get<Outcome>(result));
  print_changes(context, options, summary, report.json(summary.counts), sentence);
  return ExitCode::done;
}

ExitCode change_many(Context& context, const ChangeOptions& options, const CsvOptions& csv,
                     const BatchColumns& columns,
                     const std::function<OutcomeResult(Write&, const BatchRow&)>& verb,
                     const Sentence& sentence, ChangeSummary* result) {
  const ReportFormat format = report_format(options);
  Registry registry = context.open(OpenMode::write);
  BatchRun run(context, options, csv);
  Write write = registry.write();
  ChangeSummary summary = run.run(write, columns, verb);
  const ExitCode code = summary.counts.all_good() ? ExitCode::done : ExitCode::bad_input;
  if (run.stands(summary.counts)) {
    run.commit(write, summary.counts);
    print_changes(context, options, summary, run.json(summary.counts), sentence);
  } else {
    if (format == ReportFormat::json) context.out().write(run.json(summary.counts));
    context.say("Nothing was written.");
  }
  if (result != nullptr) *result = std::move(summary);
  return code;
}

}  // namespace covenant
