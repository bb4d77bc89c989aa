#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/field_flags.hpp"
#include "cli/form.hpp"
#include "core/base/error.hpp"
#include "core/model/text.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/find.hpp"

namespace covenant {

namespace {

struct UpdateOptions {
  std::optional<std::string> ref;
  FieldFlags fields;
  std::vector<std::string> added_practices;
  std::vector<std::string> removed_practices;
  std::optional<std::string> form;
  CsvOptions csv;
  ChangeOptions change;
  bool allow_similar = false;
  bool clear_empty = false;

  bool changes_practices() const { return !added_practices.empty() || !removed_practices.empty(); }
  /// The option of one of them.
  std::optional<std::string> first_field() const {
    if (auto field = fields.first_given(); field || !changes_practices()) return field;
    return added_practices.empty() ? "--remove-practice" : "--add-practice";
  }
  Similar similar() const { return allow_similar ? Similar::allowed : Similar::refused; }
};

std::string sentence(const ChangeSummary& summary) {
  const std::string id = summary.outcomes.first().str();
  return summary.counts.updated > 0 ? sentence_of(summary.mood, {"updated", "update"}, id)
                                    : id + " is up to date.";
}

std::string sentence_of_rows(const ChangeSummary& summary) {
  const BatchCounts& counts = summary.counts;
  std::vector<Clause> clauses;
  if (counts.updated > 0) clauses.push_back({{"updated", "update"}, counted(counts.updated, "partner")});
  add_unchanged(clauses, counts);
  if (counts.rejected > 0) clauses.push_back({{"rejected", "reject"}, counted(counts.rejected, "row")});
  return sentence_of(summary.mood, clauses);
}

Result<Practices> of_column(Result<Practices> practices, std::string_view column) {
  if (practices) return practices;
  Problem problem = practices.problem();
  problem.column = column;
  return problem;
}

constexpr std::string_view added_column = "add_practice";
constexpr std::string_view removed_column = "remove_practice";

/// The lines of the practices that the partner has after some are removed and others added.
Result<std::string> changed_practices(const Partner& partner, const std::vector<std::string>& removed,
                                      IfAbsent if_absent, const std::vector<std::string>& added) {
  const auto rest = of_column(without(partner.application.practices, removed, if_absent), removed_column);
  if (!rest) return rest.problem();
  const auto practices = of_column(with(*rest, added), added_column);
  if (!practices) return practices.problem();
  return to_text(*practices);
}

OutcomeResult update_partner(Write& write, const Partner& partner, FieldTexts texts,
                             const UpdateOptions& options, const Deed& deed) {
  if (!options.changes_practices()) return update(write, partner, texts, options.similar(), deed);
  const auto lines =
      changed_practices(partner, options.removed_practices, IfAbsent::refuse, options.added_practices);
  if (!lines) return refuse(lines.problem());
  texts["practices"_field] = *lines;
  return update(write, partner, texts, options.similar(), deed);
}

std::vector<std::string> lines_of(std::optional<std::string_view> cell) {
  std::vector<std::string> lines;
  std::istringstream text{std::string(cell.value_or(""))};
  for (std::string line; std::getline(text, line);)
    if (!trimmed(line).empty()) lines.push_back(line);
  return lines;
}

/// The lines of the practices that a row leaves the partner, where it adds or removes any. What it removes
/// may be gone: the row then says what is so already.
Result<std::optional<std::string>> practices_by_row(const Partner& partner, const RowFields& fields,
                                                    const FieldTexts& texts) {
  const auto removed = lines_of(fields.text(removed_column));
  const auto added = lines_of(fields.text(added_column));
  if (removed.empty() && added.empty()) return std::optional<std::string>();
  if (texts["practices"_field] && !trimmed(*texts["practices"_field]).empty()) {
    return Problem::of(ProblemCode::practice, *texts["practices"_field],
                       "practices are both stated as a whole and added or removed; do one of them",
                       "practices");
  }
  const auto lines = changed_practices(partner, removed, IfAbsent::pass_over, added);
  if (!lines) return lines.problem();
  return std::optional(*lines);
}

void refuse_field_with(std::string_view source, const UpdateOptions& options) {
  if (const auto field = options.first_field())
    throw Error(ErrorKind::usage, fmt::format("{} and {} cannot be used together", *field, source));
}

ExitCode update_one(Context& context, UpdateOptions& options) {
  if (!options.first_field())
    throw Error(ErrorKind::usage, "update: missing a field (--name …) or --form FILE");
  options.change.option_names = options.fields.given_singly();
  const FieldTexts texts = options.fields.texts();
  if (options.changes_practices() && texts["practices"_field]) {
    throw Error(ErrorKind::usage,
                "--practice and --practices cannot be used together with --add-practice or "
                "--remove-practice");
  }
  const auto amend = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref_or_name(write, *options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return update_partner(write, std::get<Partner>(found), texts, options, context.deed());
  };
  return change_one(context, options.change, amend, sentence).code;
}

ExitCode update_by_form(Context& context, UpdateOptions& options) {
  refuse_field_with("--form", options);
  const Form form = read_form(context, options.change, *options.form);
  const auto amend = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref_or_name(write, *options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return locate(update(write, std::get<Partner>(found), form.texts(), options.similar(), context.deed()),
                  form);
  };
  return change_one_of_file(context, options.change, *options.form, amend, sentence).code;
}

ExitCode update_rows(Context& context, UpdateOptions& options) {
  refuse_field_with("--csv", options);
  BatchColumns columns{.known = {"partner"},
                       .ignored = {unread_columns.begin(), unread_columns.end()},
                       .required = {"partner"},
                       .aliases = {{"id", "partner"}}};
  columns.known.insert(columns.known.end(), field_names.begin(), field_names.end());
  columns.known.insert(columns.known.end(), {added_column, removed_column, similar_column});
  const ApplyRules rules{options.similar(), Difference::amends,
                         options.clear_empty ? EmptyCells::clear : EmptyCells::keep,
                         options.csv.lenient ? Leniency::conversions : Leniency::none};
  std::map<PartnerId, std::uint64_t> amended;  ///< and the line
  const auto amend = [&](Write& write, const BatchRow& row) -> OutcomeResult {
    RowFields fields(row, columns.known);
    const auto partner = fields.partner(write, "partner");
    if (!partner) return fields.problems();
    const auto [place, is_first] = amended.emplace(partner->id, row.line);
    if (!is_first) return refuse(named_twice(*partner, *row.cells.front(), place->second));
    Notes notes;
    const auto similar = similar_of(row.cells.back(), rules.similar, rules.leniency, notes);
    if (!similar) return refuse(similar.problem());
    FieldTexts texts;
    std::copy_n(row.cells.begin() + 1, field_count, texts.texts.begin());
    const auto practices = practices_by_row(*partner, fields, texts);
    if (!practices) return refuse(practices.problem());
    if (*practices) texts["practices"_field] = **practices;
    ApplyRules rules_of_row = rules;
    rules_of_row.similar = *similar;
    return with_notes(update_row(write, *partner, texts, rules_of_row, context.deed()), notes);
  };
  return change_rows(context, options.change, options.csv, columns, amend, sentence_of_rows).code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<UpdateOptions>();
  flags.argument("REF", options->ref, "partner: id, reference, acronym or name");
  options->fields.declare(flags);
  flags.repeated("--add-practice", "LINE", options->added_practices,
                 "practice or tool to add: 'Title <URL>'");
  flags.repeated("--remove-practice", "TITLE", options->removed_practices, "practice or tool to remove");
  flags.option("--form", "FILE", options->form, "TOML form with the fields to change");
  declare_csv(flags, options->csv);
  flags.flag("--clear-empty", options->clear_empty, "let empty cells clear stored values");
  flags.needs("--clear-empty", {"--csv"});
  flags.one_of({"REF", "--csv"});
  flags.excludes("--form", {"--csv"});
  flags.flag("--allow-similar", options->allow_similar,
             "update it even if it then resembles another partner");
  declare_change(flags, options->change);
  return [options](Context& context) {
    if (options->csv.path) return update_rows(context, *options);
    return options->form ? update_by_form(context, *options) : update_one(context, *options);
  };
}

}  // namespace

Command update_command() {
  return {"update", CommandGroup::manage, "change a partner's fields", declare};
}

}  // namespace covenant
