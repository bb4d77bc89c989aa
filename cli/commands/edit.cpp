#include <fmt/format.h>

#include <memory>
#include <variant>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/editor.hpp"
#include "cli/form.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/formats/form.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/find.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{4} * 1024 * 1024;

struct EditOptions {
  std::string ref;
  bool allow_similar = false;
  ChangeOptions change;

  Similar similar() const { return allow_similar ? Similar::allowed : Similar::refused; }
};

std::string sentence(const ChangeSummary& summary) {
  const std::string id = summary.outcomes.first().str();
  return summary.counts.updated > 0 ? sentence_of(summary.mood, {"updated", "update"}, id)
                                    : id + " is up to date.";
}

std::string heading(const Partner& partner) {
  return fmt::format(
      "# {}. Save to update it; leave it as it is, or empty, to change nothing.\n"
      "# A field whose line is removed or begins with '#' becomes empty.\n",
      partner.id.str());
}

bool says_nothing(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The fields that differ; the others may have been changed by somebody else meanwhile. Views into `edited`.
FieldTexts differences(const FormTexts& before, const FormTexts& edited) {
  FieldTexts texts;
  for (std::size_t i = 0; i < field_count; ++i)
    if (edited[i] != before[i]) texts.texts[i] = edited[i];
  return texts;
}

/// The edited fields that somebody else changed as well.
Problems changed_meanwhile(const FormTexts& before, const FormTexts& present, const FieldTexts& edited) {
  Problems problems;
  for (const Field field : all_fields) {
    const std::size_t i = index_of(field);
    if (!edited[field] || present[i] == before[i]) continue;
    Problem problem = Problem::of(ProblemCode::conflict, *edited[field],
                                  fmt::format("was changed to {} meanwhile", in_quotes(present[i])));
    problem.column = name_of(field);
    problems.push_back(std::move(problem));
  }
  return problems;
}

ExitCode update_from(Context& context, const EditOptions& options, const Partner& partner,
                     const EditedFile& file) {
  const Form form = read_form(context, options.change, file.path());
  FormTexts edited;
  for (std::size_t i = 0; i < field_count; ++i) edited[i] = form.values[i].value_or("");
  const FormTexts before = form_texts(partner.application);
  const FieldTexts texts = differences(before, edited);
  const auto amend = [&](Write& write) -> OutcomeResult {
    const Partner present = find_partner(write, partner.id).value();
    Problems changed = changed_meanwhile(before, form_texts(present.application), texts);
    if (!changed.empty()) return locate(std::move(changed), form);
    return locate(update(write, present, texts, options.similar(), context.deed()), form);
  };
  return change_one_of_file(context, options.change, file.path(), amend, sentence).code;
}

std::variant<Partner, Problem> find(Context& context, const std::string& ref) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  return find_by_ref_or_name(read, ref);
}

ExitCode edit(Context& context, const EditOptions& options) {
  const auto found = find(context, options.ref);
  if (const auto* problem = std::get_if<Problem>(&found)) {
    report_refusal(context, options.change, *problem);
    throw Error(ErrorKind::not_found, problem->message);
  }
  const auto& partner = std::get<Partner>(found);
  const std::string text = heading(partner) + form_as_toml(form_texts(partner.application), FormComments::no);
  const EditedFile file(context.env(), partner.id.str() + ".toml", text);
  file.edit(context.env());
  const std::string saved = read_file(file.path(), most_bytes);
  if (saved == text || says_nothing(saved)) {
    context.say("Nothing was changed.");
    return ExitCode::done;
  }
  const auto keep = [&] {
    const std::string kept = file.keep();
    return fmt::format("the text remains in {}; mend it, then run 'covenant update {} --form {}'", kept,
                       partner.id.str(), kept);
  };
  try {
    const ExitCode code = update_from(context, options, partner, file);
    if (code != ExitCode::done) context.complain(keep());
    return code;
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}; {}", error.what(), keep()));
  }
}

Run declare(Flags& flags) {
  auto options = std::make_shared<EditOptions>();
  flags.required_argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.flag("--allow-similar", options->allow_similar,
             "update it even if it then resembles another partner");
  declare_change(flags, options->change);
  return [options](Context& context) { return edit(context, *options); };
}

}  // namespace

Command edit_command() {
  return {"edit", CommandGroup::manage, "change a partner's form in an editor", declare};
}

}  // namespace covenant
