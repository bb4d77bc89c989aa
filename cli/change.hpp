#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "cli/flags.hpp"
#include "cli/inputs.hpp"
#include "cli/report.hpp"
#include "cli/sentence.hpp"
#include "core/ops/batch.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/registry.hpp"

namespace covenant {

/// The options of every changing command.
struct ChangeOptions {
  bool dry_run = false;
  bool clock_is_right = false;
  ReportFormat format = ReportFormat::text;
  OptionNames option_names{};

  OpenMode open_mode() const { return dry_run ? OpenMode::dry_run : OpenMode::write; }
};

void declare_change(Flags& flags, ChangeOptions& options);

/// Prints the JSON report, where that is the format, of a command that ends with an error: whoever throws it
/// has it printed for people.
void report_refusal(Context& context, const ChangeOptions& options, const Problem& problem);

/// What separates the fields of a CSV file.
struct Delimiter {
  char character;

  /// Reads ',', ';' or a tab, or the name of one. Fails with `choice`.
  static Result<Delimiter> parse(std::string_view text);
};

/// How many rows with errors are reported.
struct MostErrors {
  std::uint64_t number;

  /// Reads a number from 0 to 10000, since what is reported is kept until the end. Fails with `number`.
  static Result<MostErrors> parse(std::string_view text);
};

/// The options of a command that reads a spreadsheet.
struct CsvOptions {
  std::optional<std::string> path;
  std::optional<Delimiter> delimiter;
  std::optional<Encoding> encoding;
  std::optional<MostErrors> max_errors;
  std::optional<std::string> rejects;
  bool lenient = false;  ///< read what a text in another form clearly means

  /// A file that a row names: its path is relative to the folder of the CSV file.
  std::string beside(std::string_view name) const;
};

void declare_csv(Flags& flags, CsvOptions& options);

/// What a change did in all.
struct ChangeSummary {
  ChangeSummary(const Context& context, const ChangeOptions& options)
      : mood(options.dry_run ? Mood::would : Mood::done), outcomes(options.format, context.table_look()) {}

  Mood mood;
  BatchCounts counts{};
  OutcomeLog outcomes;
};

/// A finished change, committed or refused, and reported.
struct ChangeResult {
  ExitCode code;
  ChangeSummary summary;
};

/// What people read at the end.
using Sentence = std::function<std::string(const ChangeSummary&)>;

/// Runs one verb on one partner, or what is new, inside a transaction; commits unless --dry-run; then prints
/// the line, or the report.
ChangeResult change_one(Context& context, const ChangeOptions& options,
                        const std::function<OutcomeResult(Write&)>& verb, const Sentence& sentence);
/// Visits what became of a partner.
using VisitOutcome = std::function<void(const OutcomeResult&)>;
/// The same with verbs on several partners, each of which hands over what it did.
ChangeResult change_several(Context& context, const ChangeOptions& options,
                            const std::function<void(Write&, const VisitOutcome&)>& verbs,
                            const Sentence& sentence);
/// The same with what a file says; problems have its lines.
ChangeResult change_one_of_file(Context& context, const ChangeOptions& options, const std::string& file,
                                const std::function<OutcomeResult(Write&)>& verb, const Sentence& sentence);

/// What is done to one partner.
using PartnerVerb = std::function<OutcomeResult(Write&, const Partner&)>;
/// Reads the inputs about a partner, before anything is done; problems go to the fields.
using ReadVerb = std::function<PartnerVerb(RowFields&)>;
/// A partner, or the problem `partner` when there is none of that name.
using FoundPartner = std::variant<Partner, Problem>;
/// Visits the partners that a command is about, each once.
using EachPartner = std::function<void(Write&, const std::function<void(FoundPartner)>&)>;

/// The problem of a row about a partner that an earlier row is about too, on that line: the two would undo
/// each other whenever the file is applied again.
Problem named_twice(const Partner& partner, std::string_view ref, std::uint64_t line);

/// The partners that the arguments name, where "-" is the lines of standard input, which are read at once.
EachPartner named(const std::vector<std::string>& refs);

/// The partners that a command is about: those that are named, or those of the rows of a spreadsheet.
struct PartnerChoice {
  std::vector<std::string> refs;
  CsvOptions csv;
};

/// How many partners can be named.
enum class Refs { one, many };

/// Declares the choice, and the inputs that go with those that are named.
void declare_choice(
    Flags& flags, PartnerChoice& choice, Refs refs, Inputs& inputs,
    const std::string& one = "partner: id, reference, acronym or name; '-' is standard input");

/// Reads what the inputs of a row name, before anything is written.
using ReadAhead = std::function<void(RowFields&)>;

/// Whether standard output has a line for each partner that was changed, or something else.
enum class OutcomeLines { printed, left_out };

/// Whether a change is kept in the registry.
enum class Keeps { change, nothing };

/// What a change brings out of the registry. It is tried first, and rolled back; then comes `deliver`, which
/// has to succeed, while nobody waits for the registry; then the change is made again and committed.
struct Delivery {
  std::function<void()> deliver{};
  Keeps keeps = Keeps::change;
};

/// What a command does with each partner.
struct PartnerWork {
  ReadVerb read;
  Sentence sentence;
  std::vector<std::string_view> required{};  ///< columns of a spreadsheet
  Delivery delivery{};
  OutcomeLines lines = OutcomeLines::printed;
  ReadAhead read_ahead{};  ///< what takes long, so that others need not wait for it
};

/// Does to the partners that were chosen what the options say, or to the partner of each row of a spreadsheet
/// what its other columns say.
ChangeResult change_chosen(Context& context, const ChangeOptions& options, const PartnerChoice& choice,
                           const Inputs& inputs, const PartnerWork& work);

/// Reads the options and does the same to each partner, all in one transaction; commits when none is refused.
ChangeResult change_partners(Context& context, const ChangeOptions& options, const EachPartner& each,
                             const Inputs& inputs, const PartnerWork& work);

/// Runs a verb on each row of a spreadsheet, all in one transaction; commits when every row is good, or when
/// bad ones have a file of their own. Prints a line a partner, or the report.
ChangeResult change_rows(Context& context, const ChangeOptions& options, const CsvOptions& csv,
                         const BatchColumns& columns,
                         const std::function<OutcomeResult(Write&, const BatchRow&)>& verb,
                         const Sentence& sentence);

/// "Renewed 2 partners, found 1 unchanged."
std::string sentence_of(const Verb& verb, const ChangeSummary& summary);

/// Adds how many were found unchanged, if any.
void add_unchanged(std::vector<Clause>& clauses, const BatchCounts& counts);

}  // namespace covenant
