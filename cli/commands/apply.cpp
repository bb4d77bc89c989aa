#include "core/ops/apply.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/field_flags.hpp"
#include "cli/form.hpp"
#include "core/base/error.hpp"
#include "core/formats/form.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

namespace {

struct ApplyOptions {
  FieldFlags fields;
  CsvOptions csv;
  ChangeOptions change;
  std::optional<std::string> form;
  bool csv_template = false;
  bool form_template = false;
  bool allow_similar = false;
  bool update = false;
  bool clear_empty = false;

  Similar similar() const { return allow_similar ? Similar::allowed : Similar::refused; }
};

std::string sentence(const ChangeSummary& summary) {
  const BatchCounts& counts = summary.counts;
  std::vector<Clause> clauses;
  if (counts.applied > 0) clauses.push_back({{"filed", "file"}, counted(counts.applied, "application")});
  if (counts.updated > 0) clauses.push_back({{"updated", "update"}, counted(counts.updated, "partner")});
  add_unchanged(clauses, counts);
  if (counts.rejected > 0) clauses.push_back({{"rejected", "reject"}, counted(counts.rejected, "row")});
  return sentence_of(summary.mood, clauses);
}

std::vector<std::string_view> names_of(const std::vector<Field>& fields) {
  std::vector<std::string_view> names;
  names.reserve(fields.size());
  for (const Field field : fields) names.push_back(name_of(field));
  return names;
}

/// The fields, and after them the id and `similar_column`.
BatchColumns apply_columns() {
  BatchColumns columns{.known = {field_names.begin(), field_names.end()},
                       .ignored = {unread_columns.begin(), unread_columns.end()},
                       .required = names_of({required_fields.begin(), required_fields.end()}),
                       .naming = {"id", "reference"}};
  columns.known.emplace_back("id");
  columns.known.push_back(similar_column);
  return columns;
}

ExitCode apply_csv(Context& context, const ApplyOptions& options) {
  const ApplyRules rules{options.similar(), options.update ? Difference::amends : Difference::is_conflict,
                         options.clear_empty ? EmptyCells::clear : EmptyCells::keep,
                         options.csv.lenient ? Leniency::conversions : Leniency::none};
  std::optional<NamedByRows> earlier;
  const auto file_row = [&](Write& write, const BatchRow& line) -> OutcomeResult {
    if (!earlier) earlier.emplace(write);
    const auto& cells = line.cells;
    ApplicationRow row{.id = cells[field_count].value_or(""), .line = line.line};
    std::copy_n(cells.begin(), field_count, row.texts.texts.begin());
    Notes notes;
    const auto similar = similar_of(cells.back(), rules.similar, rules.leniency, notes);
    if (!similar) return refuse(similar.problem());
    ApplyRules rules_of_row = rules;
    rules_of_row.similar = *similar;
    return with_notes(apply_row(write, row, rules_of_row, *earlier, context.deed()), notes);
  };
  return change_rows(context, options.change, options.csv, apply_columns(), file_row, sentence).code;
}

ExitCode apply_form_file(Context& context, const ApplyOptions& options) {
  const Form form = read_form(context, options.change, *options.form);
  const auto file = [&](Write& write) {
    return locate(apply_form(write, form.texts(), options.similar(), context.deed()), form);
  };
  return change_one_of_file(context, options.change, *options.form, file, sentence).code;
}

ExitCode apply_fields(Context& context, ApplyOptions& options) {
  options.change.option_names = options.fields.given_singly();
  const FieldTexts texts = options.fields.texts();
  const auto file = [&](Write& write) { return apply_form(write, texts, options.similar(), context.deed()); };
  return change_one(context, options.change, file, sentence).code;
}

ExitCode print(Context& context, const std::string& text) {
  context.out().write(text);
  return ExitCode::done;
}

ExitCode apply(Context& context, ApplyOptions& options) {
  std::vector<std::string> sources;
  if (const auto field = options.fields.first_given()) sources.push_back(*field);
  if (options.form) sources.emplace_back("--form");
  if (options.csv.path) sources.emplace_back("--csv");
  if (options.csv_template) sources.emplace_back("--csv-template");
  if (options.form_template) sources.emplace_back("--form-template");
  if (sources.empty())
    throw Error(ErrorKind::usage, "apply: missing fields (--name …), --form FILE or --csv FILE");
  if (sources.size() > 1)
    throw Error(ErrorKind::usage, fmt::format("{} and {} cannot be used together", sources[0], sources[1]));
  if (options.csv_template) return print(context, example_csv());
  if (options.form_template) return print(context, form_as_toml(example_form_texts(), FormComments::yes));
  if (options.csv.path) return apply_csv(context, options);
  return options.form ? apply_form_file(context, options) : apply_fields(context, options);
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ApplyOptions>();
  options->fields.declare(flags);
  FieldFlags::show_as_required(flags, "Required, without --form and --csv");
  flags.option("--form", "FILE", options->form, "TOML form with the fields");
  declare_csv(flags, options->csv);
  flags.flag("--csv-template", options->csv_template, "print an example CSV file");
  flags.flag("--form-template", options->form_template, "print an example form");
  flags.group("With --csv");
  flags.flag("--update", options->update, "update the partner when a row differs");
  flags.needs("--update", {"--csv"});
  flags.flag("--clear-empty", options->clear_empty, "let empty cells clear stored values");
  flags.needs("--clear-empty", {"--update"});
  flags.group("");
  flags.flag("--allow-similar", options->allow_similar, "file it even if it resembles another partner");
  declare_change(flags, options->change);
  return [options](Context& context) { return apply(context, *options); };
}

}  // namespace

Command apply_command() {
  return {"apply", CommandGroup::manage, "file an application, or many from a CSV file", declare};
}

}  // namespace covenant
