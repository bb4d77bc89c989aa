#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "cli/flags.hpp"
#include "cli/outcome_log.hpp"
#include "core/ops/batch.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/registry.hpp"

namespace covenant {

/// The options of every changing command.
struct ChangeOptions {
  bool dry_run = false;
  std::optional<std::string> format;
};

void declare_change(Flags& flags, ChangeOptions& options);

/// The options of a command that reads a spreadsheet.
struct CsvOptions {
  std::optional<std::string> path;
  std::optional<std::string> delimiter;
  std::optional<std::string> max_errors;
  std::optional<std::string> rejects;
};

void declare_csv(Flags& flags, CsvOptions& options);

/// What a change did in all, for the sentence at the end.
struct ChangeSummary {
  BatchCounts counts;
  OutcomeLog outcomes;
};

/// The sentence for people.
using Sentence = std::function<std::string(const ChangeSummary&)>;

/// Runs one verb on one partner inside a transaction; commits unless --dry-run; then prints the line, or the
/// report. `file` is where the input stood, empty for options.
ExitCode change_one(Context& context, const ChangeOptions& options, const std::string& file,
                    const std::function<OutcomeResult(Write&)>& verb, const Sentence& sentence);

/// Runs a verb on each row of a spreadsheet, all in one transaction; commits when every row is good, or when
/// bad ones have a file of their own. Prints a line a partner, or the report.
ExitCode change_many(Context& context, const ChangeOptions& options, const CsvOptions& csv,
                     const BatchColumns& columns,
                     const std::function<OutcomeResult(Write&, const BatchRow&)>& verb,
                     const Sentence& sentence, ChangeSummary* result = nullptr);

/// Prints what was done: a line a partner, or the report; and the sentence.
void print_changes(Context& context, const ChangeOptions& options, ChangeSummary& summary,
                   const std::string& report, const Sentence& sentence);

/// "1 application", "3 applications".
std::string counted(std::uint64_t count, const std::string& noun);

}  // namespace covenant
