#include "cli/change.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "cli/input_lines.hpp"
#include "cli/progress.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/history/record.hpp"
#include "core/ops/find.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// A field that is not valid comes before what else is wrong: it has to be corrected first.
ExitCode refusal_code(const Problems& problems) {
  const bool is_bad_input = std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return exit_code(problem.code) == ExitCode::bad_input;
  });
  return is_bad_input ? ExitCode::bad_input : exit_code(problems.front().code);
}

/// An option that is missing, or is none of its words, is wrong use; else its value is bad input.
ExitCode option_code(const Problems& problems) {
  const bool is_usage = std::any_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.code == ProblemCode::required || problem.code == ProblemCode::choice;
  });
  return is_usage ? ExitCode::usage : ExitCode::bad_input;
}

void count(BatchCounts& counts, const OutcomeResult& result) {
  ++counts.read;
  if (!result) {
    ++counts.rejected;
    return;
  }
  counts.applied += result->effect == Effect::applied ? 1 : 0;
  counts.updated += result->effect == Effect::updated ? 1 : 0;
  counts.unchanged += result->effect == Effect::unchanged ? 1 : 0;
}

/// How a change ends.
struct Finish {
  const Sentence& sentence;
  Delivery delivery{};
  OutcomeLines lines = OutcomeLines::printed;
};

/// A change while it is made: everything that is written is committed here, and printed only then.
class Work {
 public:
  Work(Context& context, const ChangeOptions& options, ChangeReport& report, const Finish& finish)
      : context_(context), options_(options), report_(report), finish_(finish) {}

  ChangeResult refused(ChangeSummary summary, ExitCode code) {
    // Every row that was read is counted once, also when those that are valid are not written.
    summary.counts.unchanged += summary.counts.applied + summary.counts.updated;
    summary.counts.applied = summary.counts.updated = 0;
    if (options_.format == ReportFormat::json) report_.write_json(context_.out(), summary.counts, nullptr);
    report_.finish_notes();
    return {code, std::move(summary)};
  }

  ChangeResult done(Write* write, ChangeSummary summary, ExitCode code) {
    if (write != nullptr && !options_.dry_run) write->commit();
    if (options_.format == ReportFormat::json) {
      report_.write_json(context_.out(), summary.counts, &summary.outcomes);
    } else if (finish_.lines == OutcomeLines::printed) {
      summary.outcomes.write_to(context_.out());
    }
    report_.finish_notes();
    context_.say(finish_.sentence(summary));
    return {code, std::move(summary)};
  }

 private:
  Context& context_;
  const ChangeOptions& options_;
  ChangeReport& report_;
  const Finish& finish_;
};

/// Before anything else: a day that is refused because of the clock would be the wrong thing to correct.
void check_clock(Context& context, const ChangeOptions& options, Write& write) {
  if (options.clock_is_right) context.confirm_clock();
  try {
    demand_clock(write, context.deed());
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::clock)
      report_refusal(context, options, Problem::of(ProblemCode::rule, "", error.what()));
    throw;
  }
}

/// Runs `verbs` in one transaction; each hands over what it did. What is delivered is delivered between two
/// of them, since whoever takes it may be slow and others are to work meanwhile: nothing of the first is
/// kept.
ChangeResult change_all(Context& context, const ChangeOptions& options, ChangeReport& report,
                        const std::function<void(Write&, const VisitOutcome&)>& verbs, const Finish& finish) {
  const bool keeps = !options.dry_run && finish.delivery.keeps == Keeps::change;
  Registry registry = context.open(keeps ? OpenMode::write : OpenMode::dry_run);
  Work work(context, options, report, finish);
  const auto attempt = [&](const std::function<ChangeResult(Write&, ChangeSummary)>& end) {
    Write write = registry.write();
    check_clock(context, options, write);
    ChangeSummary summary(context, options);
    Problems problems;
    verbs(write, [&](const OutcomeResult& result) {
      count(summary.counts, result);
      if (result) {
        summary.outcomes.add(*result);
        for (const Note& note : result->notes) report.add(note);
        return;
      }
      for (const Problem& problem : result.problems()) {
        report.add(problem);
        problems.push_back(problem);
      }
    });
    if (!problems.empty()) return work.refused(std::move(summary), refusal_code(problems));
    return end(write, std::move(summary));
  };
  const auto commit = [&](Write& write, ChangeSummary summary) {
    return work.done(&write, std::move(summary), ExitCode::done);
  };
  if (!finish.delivery.deliver) return attempt(commit);
  ChangeResult first = attempt([](Write&, ChangeSummary summary) {
    return ChangeResult{ExitCode::done, std::move(summary)};
  });
  if (first.code != ExitCode::done) return first;
  finish.delivery.deliver();
  return keeps ? attempt(commit) : work.done(nullptr, std::move(first.summary), ExitCode::done);
}

/// The encodings of covenant-csv(5).
Choices common_encodings() {
  return {"utf-8",
          "utf-16",
          "utf-16le",
          "utf-16be",
          "utf-32",
          "utf-7",
          "windows-1250",
          "windows-1251",
          "windows-1252",
          "windows-1253",
          "windows-1254",
          "windows-1255",
          "windows-1256",
          "windows-1257",
          "windows-1258",
          "windows-874",
          "us-ascii",
          "iso-8859-1",
          "iso-8859-2",
          "iso-8859-3",
          "iso-8859-4",
          "iso-8859-5",
          "iso-8859-6",
          "iso-8859-7",
          "iso-8859-8",
          "iso-8859-9",
          "iso-8859-10",
          "iso-8859-11",
          "iso-8859-13",
          "iso-8859-14",
          "iso-8859-15",
          "cp437",
          "cp737",
          "cp775",
          "cp850",
          "cp852",
          "cp855",
          "cp857",
          "cp858",
          "cp860",
          "cp861",
          "cp862",
          "cp863",
          "cp864",
          "cp865",
          "cp866",
          "cp869",
          "macintosh",
          "koi8-r",
          "koi8-u",
          "gb18030",
          "gbk",
          "gb2312",
          "big5",
          "big5-hkscs",
          "shift_jis",
          "euc-jp",
          "iso-2022-jp",
          "euc-kr",
          "windows-949",
          "x-mac-centraleurroman",
          "x-mac-cyrillic",
          "x-mac-greek",
          "x-mac-turkish"};
}

/// What to do about a file that is no CSV in UTF-8, where Windows-1252 is a guess.
std::string way_out(const FileKind& kind, const BatchColumns& columns) {
  const auto& required = columns.required;
  switch (kind.content) {
    case FileContent::text:
      return fmt::format("; {} --encoding {}", kind.encoding == "windows-1252" ? "try" : "add",
                         kind.encoding);
    case FileContent::nothing:
      return std::find(required.begin(), required.end(), "partner") == required.end()
                 ? "; start with 'covenant apply --csv-template'"
                 : fmt::format("; name the columns in its first line: {}", fmt::join(required, ", "));
    case FileContent::table:
      return "; save it as CSV UTF-8, or convert it with 'ssconvert FILE FILE.csv' or 'soffice --headless "
             "--convert-to csv FILE'";
    case FileContent::no_text:
      break;
  }
  return "; a CSV file is needed, see 'covenant help csv'";
}

/// How often the rows of a spreadsheet are visited.
enum class Visits { once, twice };

/// A spreadsheet to read. What is no regular file, such as a pipe, is first copied to a file in memory
/// without a name: whoever writes to it may be slow, and others change the registry meanwhile.
class CsvSource {
 public:
  /// @throws Error{bad_input} when what is to be visited twice is too large to be copied
  CsvSource(const std::string& path, Visits visits) : path_(path), file_(path) {
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error)) return;
    copy_ = Descriptor(::memfd_create("rows", MFD_CLOEXEC));
    if (!copy_) fail();
    if (visits == Visits::twice) {
      for_each_block(file_, path, most, [&](std::string_view block) { add(block); });
    } else {
      std::string block(block_size, '\0');
      while (const std::size_t count = copied_ < most ? file_.read(block.data(), block.size()) : 0)
        add(std::string_view(block).substr(0, count));
    }
    rewind();
  }

  /// As `ByteSource`. What there was no room for is read as it comes.
  std::size_t read(char* buffer, std::size_t size) {
    if (!copy_) return file_.read(buffer, size);
    const ssize_t count = ::read(copy_.get(), buffer, size);
    if (count < 0) fail();
    return count > 0 || copied_ < most ? static_cast<std::size_t>(count) : file_.read(buffer, size);
  }

  /// Goes back to the first row.
  void rewind() {
    if (!copy_) return file_.rewind();
    if (::lseek(copy_.get(), 0, SEEK_SET) != 0) fail();
  }

 private:
  static constexpr std::uint64_t most = 256ULL * 1024 * 1024;
  static constexpr std::size_t block_size = std::size_t{64} * 1024;

  void add(std::string_view block) {
    copied_ += block.size();
    while (!block.empty()) {
      const ssize_t written = ::write(copy_.get(), block.data(), block.size());
      if (written <= 0) fail();
      block.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  [[noreturn]] void fail() const {
    throw Error(ErrorKind::file, fmt::format("{}: cannot keep it in memory", path_));
  }

  std::string path_;
  InputFile file_;
  Descriptor copy_;
  std::uint64_t copied_ = 0;
};

void check_rejects(const Context& context, const CsvOptions& csv) {
  if (!csv.rejects) return;
  if (*csv.rejects == "-") {
    throw Error(ErrorKind::usage, "--rejects: '-' would mix the rows with the report; name a file");
  }
  demand_other_file("--rejects", context.output_path(*csv.rejects), *csv.path);
}

/// A spreadsheet while it is read.
class BatchRun {
 public:
  BatchRun(Context& context, const ChangeOptions& options, const CsvOptions& csv, CsvSource& source)
      : context_(context),
        options_(options),
        report_(context, *csv.path, csv.max_errors ? csv.max_errors->number : ChangeReport::default_most),
        path_(*csv.path),
        source_(source),
        delimiter_(csv.delimiter ? std::optional(csv.delimiter->character) : std::nullopt),
        encoding_(csv.encoding) {
    if (csv.rejects && !options.dry_run)
      rejects_ = std::make_unique<AtomicFile>(*csv.rejects, Audience::owner);
    rejects_path_ = csv.rejects;
  }

  ChangeSummary run(Write& write, const BatchColumns& columns,
                    const std::function<OutcomeResult(Write&, const BatchRow&)>& verb) {
    ChangeSummary summary(context_, options_);
    Progress progress(context_);
    const auto began = std::chrono::steady_clock::now();
    const BatchListener listener{
        [&](const Outcome& outcome) {
          summary.outcomes.add(outcome);
          for (const Note& note : outcome.notes) report_.add(note);
        },
        [&](const Problem& problem) { report_.add(problem); },
        [&](std::uint64_t rows) { progress.show([&] { return progress_line(rows, began); }); },
        [&](Problem problem, const FileKind& kind) {
          problem.message += way_out(kind, columns);
          report_.add(problem);
        }};
    const BatchInput input{[&](char* buffer, std::size_t size) {
                             const std::size_t count = source_.read(buffer, size);
                             bytes_read_ += count;
                             return count;
                           },
                           delimiter_, encoding_};
    summary.counts = run_batch(
        input, columns, [&](const BatchRow& row) { return verb(write, row); }, listener, rejects_.get());
    report_.finish_problems();
    return summary;
  }

  ChangeResult conclude(Write& write, ChangeSummary summary, const Sentence& sentence) {
    const Finish finish{sentence};
    Work work(context_, options_, report_, finish);
    const ExitCode code = summary.counts.all_good() ? ExitCode::done : ExitCode::bad_input;
    const BatchCounts counts = summary.counts;
    const std::string failed =
        fmt::format("{} of {} row{} {} errors", counts.rejected, counts.read, counts.read == 1 ? "" : "s",
                    counts.rejected == 1 ? "has" : "have");
    if (!is_kept(counts)) {
      ChangeResult change = work.refused(std::move(summary), code);
      context_.say("Nothing was written" + (counts.header_is_valid ? ": " + failed : "") + ".");
      return change;
    }
    // Rows that were refused are safe in their file before the others count.
    if (rejects_) rejects_->commit();
    ChangeResult change = work.done(&write, std::move(summary), code);
    if (counts.rejected > 0) context_.say(failed + (rejects_ ? "; see " + *rejects_path_ : "") + ".");
    return change;
  }

 private:
  bool is_kept(const BatchCounts& counts) const {
    return counts.all_good() || (counts.header_is_valid && rejects_path_);
  }

  /// "Importing a.csv: 94208 rows, 45%, 41000 rows/s, 3 s left"; how much is left is known of a regular file.
  std::string progress_line(std::uint64_t rows, std::chrono::steady_clock::time_point began) const {
    std::error_code error;
    const bool has_size = std::filesystem::is_regular_file(path_, error);
    const std::uintmax_t size = has_size ? std::filesystem::file_size(path_, error) : 0;
    const double share =
        error || size == 0 ? 0 : static_cast<double>(bytes_read_) / static_cast<double>(size);
    return fmt::format("Importing {}: {} rows{}", path_, rows, pace(rows, "rows", share, began));
  }

  Context& context_;
  const ChangeOptions& options_;
  ChangeReport report_;
  std::string path_;
  CsvSource& source_;
  std::uint64_t bytes_read_ = 0;
  std::optional<char> delimiter_;
  std::optional<Encoding> encoding_;
  std::unique_ptr<AtomicFile> rejects_;
  std::optional<std::string> rejects_path_;  ///< given: the good rows are kept
};

/// Visits the rows of a spreadsheet; what is wrong with it is reported when it is read for good.
void read_ahead(Context& context, const CsvOptions& csv, CsvSource& source, const BatchColumns& columns,
                const std::function<void(const BatchRow&)>& visit) {
  const BatchInput input{[&](char* buffer, std::size_t size) { return source.read(buffer, size); },
                         csv.delimiter ? std::optional(csv.delimiter->character) : std::nullopt,
                         csv.encoding};
  Progress progress(context);
  std::uint64_t rows = 0;
  const BatchListener listener{[](const Outcome&) {}, [](const Problem&) {}, [](std::uint64_t) {},
                               [](const Problem&, const FileKind&) {}};
  run_batch(
      input, columns,
      [&](const BatchRow& row) -> OutcomeResult {
        visit(row);
        progress.show([&] { return fmt::format("Reading {}: {} documents", *csv.path, ++rows); });
        return Outcome{
            .effect = Effect::unchanged, .id = PartnerId(1), .status = Status::applied};  // unheard
      },
      listener, nullptr);
  source.rewind();
}

ChangeResult change_rows_of(Context& context, Registry registry, const ChangeOptions& options,
                            const CsvOptions& csv, CsvSource& source, const BatchColumns& columns,
                            const std::function<OutcomeResult(Write&, const BatchRow&)>& verb,
                            const Sentence& sentence) {
  BatchRun run(context, options, csv, source);
  Write write = registry.write();
  check_clock(context, options, write);
  ChangeSummary summary = run.run(write, columns, verb);
  return run.conclude(write, std::move(summary), sentence);
}

}  // namespace

void declare_change(Flags& flags, ChangeOptions& options) {
  flags.group("Output");
  flags.flag("--dry-run", options.dry_run, "report the same but write nothing");
  flags.flag("--clock-is-right", options.clock_is_right, "accept a clock that contradicts the history");
  flags.format(options.format, "format of the report");
  flags.group("");
}

void report_refusal(Context& context, const ChangeOptions& options, const Problem& problem) {
  if (options.format != ReportFormat::json) return;
  ChangeReport report(context, options.option_names);
  report.keep(problem);
  BatchCounts counts;
  counts.read = counts.rejected = 1;
  report.write_json(context.out(), counts, nullptr);
}

Result<Delimiter> Delimiter::parse(std::string_view text) {
  if (text == "," || text == "comma") return Delimiter{','};
  if (text == ";" || text == "semicolon") return Delimiter{';'};
  if (text == "\t" || text == "\\t" || text == "tab") return Delimiter{'\t'};
  return Problem::of(ProblemCode::choice, text,
                     fmt::format("{} is not a delimiter; write ',', ';' or 'tab'", in_quotes(text)));
}

Result<MostErrors> MostErrors::parse(std::string_view text) {
  constexpr std::uint64_t largest = 10'000;
  const auto number = parse_count(text);
  if (!number || *number > largest) {
    return Problem::of(ProblemCode::number, text,
                       fmt::format("{} is not a number from 0 to {}", in_quotes(text), largest));
  }
  return MostErrors{*number};
}

void declare_csv(Flags& flags, CsvOptions& options) {
  flags.group("With --csv");
  flags.option("--csv", "FILE", options.path, "CSV file, one partner a row; '-' is standard input");
  flags.option("--delimiter", "CHAR", options.delimiter, "',', ';' or 'tab' (default: from the header)");
  flags.offer("--delimiter", {"comma", "semicolon", "tab"});
  flags.option("--encoding", "NAME", options.encoding, "encoding of the file (default UTF-8)");
  flags.offer("--encoding", common_encodings());
  flags.flag("--lenient", options.lenient, "convert common spellings, with a note each");
  flags.option("--rejects", "FILE", options.rejects, "write rejected rows to FILE, import the rest");
  flags.option("--max-errors", "N", options.max_errors, "rows with errors to report (default 100)");
  for (const char* name : {"--delimiter", "--encoding", "--max-errors", "--rejects", "--lenient"})
    flags.needs(name, {"--csv"});
  flags.group("");
}

std::string CsvOptions::beside(std::string_view name) const {
  if (!path || *path == "-") return std::string(name);
  return (std::filesystem::path(*path).parent_path() / name).string();
}

std::string sentence_of(const Verb& verb, const ChangeSummary& summary) {
  std::vector<Clause> clauses;
  if (summary.outcomes.size() > 0) clauses.push_back({verb, counted(summary.outcomes.size(), "partner")});
  add_unchanged(clauses, summary.counts);
  return sentence_of(summary.mood, clauses);
}

void add_unchanged(std::vector<Clause>& clauses, const BatchCounts& counts) {
  if (counts.unchanged > 0)
    clauses.push_back({{"found", "find"}, fmt::format("{} unchanged", counts.unchanged)});
}

ChangeResult change_one(Context& context, const ChangeOptions& options,
                        const std::function<OutcomeResult(Write&)>& verb, const Sentence& sentence) {
  ChangeReport report(context, options.option_names);
  return change_all(context, options, report,
                    [&](Write& write, const VisitOutcome& record) { record(verb(write)); }, {sentence});
}

ChangeResult change_several(Context& context, const ChangeOptions& options,
                            const std::function<void(Write&, const VisitOutcome&)>& verbs,
                            const Sentence& sentence) {
  ChangeReport report(context, options.option_names);
  return change_all(context, options, report, verbs, {sentence});
}

ChangeResult change_one_of_file(Context& context, const ChangeOptions& options, const std::string& file,
                                const std::function<OutcomeResult(Write&)>& verb, const Sentence& sentence) {
  ChangeReport report(context, file);
  return change_all(context, options, report,
                    [&](Write& write, const VisitOutcome& record) { record(verb(write)); }, {sentence});
}

Problem named_twice(const Partner& partner, std::string_view ref, std::uint64_t line) {
  return Problem::of(ProblemCode::conflict, ref,
                     fmt::format("{} is also in line {}; keep one of them", partner.id.str(), line),
                     "partner");
}

EachPartner named(const std::vector<std::string>& refs) {
  return [all = with_input_lines(refs)](Write& write, const std::function<void(FoundPartner)>& visit) {
    std::set<PartnerId> seen;
    for (const GivenRef& ref : all) {
      FoundPartner found = find_given(write, ref);
      const auto* partner = std::get_if<Partner>(&found);
      if (partner != nullptr && !seen.insert(partner->id).second) continue;
      visit(std::move(found));
    }
  };
}

void declare_choice(Flags& flags, PartnerChoice& choice, Refs refs, Inputs& inputs, const std::string& one) {
  if (refs == Refs::many) {
    flags.arguments("REF", choice.refs, "partners: id, reference, acronym or name; '-' is standard input");
  } else {
    flags.argument("REF", choice.refs, one);
  }
  inputs.declare(flags);
  declare_csv(flags, choice.csv);
  inputs.exclude(flags, "--csv");
}

ChangeResult change_partners(Context& context, const ChangeOptions& options, const EachPartner& each,
                             const Inputs& inputs, const PartnerWork& work) {
  ChangeReport report(context, options.option_names);
  RowFields fields = inputs.options();
  const PartnerVerb verb = work.read(fields);
  if (!fields.problems().empty()) {
    for (const Problem& problem : fields.problems()) report.add(problem);
    ChangeSummary summary(context, options);
    summary.counts.read = summary.counts.rejected = 1;
    const Finish finish{work.sentence};
    return Work(context, options, report, finish).refused(std::move(summary), option_code(fields.problems()));
  }
  Notes notes = fields.notes();  // once, whatever the number of partners
  return change_all(
      context, options, report,
      [&](Write& write, const VisitOutcome& record) {
        each(write, [&](FoundPartner found) {
          if (auto* problem = std::get_if<Problem>(&found)) return record(refuse(std::move(*problem)));
          OutcomeResult result = verb(write, std::get<Partner>(std::move(found)));
          record(result ? with_notes(std::move(result), std::exchange(notes, {})) : std::move(result));
        });
      },
      {work.sentence, work.delivery, work.lines});
}

ChangeResult change_chosen(Context& context, const ChangeOptions& options, const PartnerChoice& choice,
                           const Inputs& inputs, const PartnerWork& work) {
  if (!choice.csv.path) return change_partners(context, options, named(choice.refs), inputs, work);
  BatchColumns columns;
  columns.known = {"partner"};
  columns.known.insert(columns.known.end(), inputs.columns().begin(), inputs.columns().end());
  columns.required = {"partner"};
  columns.required.insert(columns.required.end(), work.required.begin(), work.required.end());
  columns.aliases = {{"id", "partner"}};
  const auto do_row = [&](Write& write, const BatchRow& row) -> OutcomeResult {
    RowFields fields(row, columns.known);
    if (choice.csv.lenient) fields.be_lenient();
    const auto partner = fields.partner(write, "partner");
    const PartnerVerb verb = work.read(fields);
    if (!fields.problems().empty()) return fields.problems();
    return with_notes(verb(write, *partner), fields.notes());
  };
  if (!work.read_ahead) return change_rows(context, options, choice.csv, columns, do_row, work.sentence);
  check_rejects(context, choice.csv);
  CsvSource source(*choice.csv.path, Visits::twice);
  read_ahead(context, choice.csv, source, columns, [&](const BatchRow& row) {
    RowFields fields(row, columns.known);
    if (choice.csv.lenient) fields.be_lenient();
    work.read_ahead(fields);
  });
  return change_rows_of(context, context.open(options.open_mode()), options, choice.csv, source, columns,
                        do_row, work.sentence);
}

ChangeResult change_rows(Context& context, const ChangeOptions& options, const CsvOptions& csv,
                         const BatchColumns& columns,
                         const std::function<OutcomeResult(Write&, const BatchRow&)>& verb,
                         const Sentence& sentence) {
  Registry registry = context.open(options.open_mode());
  check_rejects(context, csv);
  CsvSource source(*csv.path, Visits::once);
  return change_rows_of(context, std::move(registry), options, csv, source, columns, verb, sentence);
}

}  // namespace covenant
