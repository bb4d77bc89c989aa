#include "core/ops/letter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "cli/change.hpp"
#include "cli/paper.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/ops/find.hpp"

namespace covenant {

namespace {

struct LetterOptions {
  std::vector<std::string> refs;
  std::optional<LetterKind> kind;
  std::optional<OfficialLanguage> language;
  std::optional<std::string> output;
  std::optional<std::string> layout;
  bool mbox = false;
  bool pdf = false;
  bool record = false;
  bool no_record = false;
  bool print_template = false;
  Inputs inputs{{{"on", "DATE", "day on which it was sent (with --record; default today)"}}};
  ChangeOptions change;

  bool goes_to_a_file() const { return output && *output != "-"; }
};

ExitCode record_only(Context& context, const LetterOptions& options) {
  const ReadVerb read = [&](RowFields& fields) -> PartnerVerb {
    const Date on = fields.past_date("on", context.deed().today).value_or(context.deed().today);
    return [on, kind = *options.kind, &context](Write& write, const Partner& partner) {
      return record_letter(write, partner, kind, on, context.deed());
    };
  };
  const auto sentence = [](const ChangeSummary& summary) {
    return sentence_of(summary.mood, {"recorded", "record"}, counted(summary.outcomes.size(), "letter"));
  };
  return change_partners(context, options.change, named(options.refs), options.inputs, {read, sentence}).code;
}

/// The template, checked before anything is written.
std::shared_ptr<const LetterLayout> layout_of(const LetterOptions& options) {
  // A byte more than a template may have is enough to refuse it.
  constexpr std::size_t enough = most_bytes_of_template + 1;
  const std::string file = options.layout.value_or("letter");
  const std::string text =
      options.layout ? read_beginning(*options.layout, enough) : std::string(letter_template_text());
  return std::make_shared<LetterLayout>(LetterLayout{letter_template(text, file), file});
}

/// What a letter and its document say of the site.
PageOptions site_of(const Settings& settings) {
  PageOptions site;
  site.site_name = settings.site_name.value_or("");
  site.site_names = settings.site_names;
  site.base_url = settings.base_url;
  site.languages = settings.languages;
  site.kosovo = settings.kosovo;
  return site;
}

/// @throws Error{usage} where nobody would be the sender
void demand_sender(const Settings& settings) {
  if (!settings.office.email)
    throw Error(ErrorKind::usage,
                fmt::format("letter: no sender; set 'email' in the table '[office]' of {}",
                            settings.file ? settings.file->value
                                          : "the settings, whose place 'covenant config' shows"));
}

/// @throws Error{usage} on options that do not fit together
LetterPlan plan_of(const Settings& settings, const LetterOptions& options) {
  if (options.kind == LetterKind::circular && (!options.layout || !options.mbox))
    throw Error(ErrorKind::usage, "letter: --kind circular needs its wording; add --template FILE --mbox");
  if (options.pdf && !brings_document(*options.kind))
    throw Error(ErrorKind::usage,
                fmt::format("letter: a letter of the kind '{}' brings no PDF", code_of(*options.kind)));
  if (options.change.format == ReportFormat::json && !options.goes_to_a_file())
    throw Error(ErrorKind::usage, "letter: --format json would mix with the letter; add --output FILE");
  if (options.output && options.layout) demand_other_file("--output", *options.output, *options.layout);
  return {.kind = *options.kind,
          .office = settings.office,
          .language = options.language,
          .site = site_of(settings),
          .layout = layout_of(options)};
}

/// Writes one letter as it is, several as a mailbox file.
void write_mails(const std::vector<Mail>& mails, const LetterOptions& options, TextSink& sink) {
  const bool is_mailbox = options.mbox || mails.size() > 1;
  for (const Mail& mail : mails) sink.write(is_mailbox ? to_mbox_entry(mail) : to_mime(mail));
}

void deliver(Context& context, const std::vector<Mail>& mails, const LetterOptions& options) {
  if (mails.empty()) return;
  if (!options.goes_to_a_file()) {
    write_mails(mails, options, context.out());
    context.out().flush();
  } else if (!options.change.dry_run) {
    AtomicFile file(context.output_path(*options.output), Audience::owner);
    write_mails(mails, options, file);
    file.commit();
  }
}

/// A letter that was written to a partner as it was then.
struct Written {
  Partner partner;
  Letter letter;
};

/// Records the letter that was written to the partner. Refused when the partner is no longer what it was.
OutcomeResult record_written(Write& write, const Partner& partner, const std::vector<Written>& written,
                             const Deed& deed) {
  const auto found = std::find_if(written.begin(), written.end(),
                                  [&](const Written& one) { return one.partner == partner; });
  if (found != written.end()) return record_letter(write, partner, found->letter, deed);
  return refuse(
      Problem::of(ProblemCode::conflict, partner.id.str(),
                  fmt::format("{}: was changed while its letter was being written; the letter is not "
                              "recorded, do not send it",
                              partner.id.str())));
}

ExitCode write(Context& context, const LetterOptions& options) {
  const LetterPlan plan = plan_of(context.settings(), options);
  std::vector<Mail> mails;
  std::vector<Written> written;
  bool is_delivered = false;
  const ReadVerb read = [&](RowFields&) -> PartnerVerb {
    return [&](Write& write, const Partner& partner) -> OutcomeResult {
      demand_sender(context.settings());
      if (is_delivered) return record_written(write, partner, written, context.deed());
      auto ready = write_letter(write, partner, plan, context.deed());
      if (!ready) return ready.problems();
      mails.push_back(std::move(ready.value().mail));
      written.push_back({partner, ready->letter});
      return with_notes(options.no_record ? unchanged(partner)
                                          : record_letter(write, partner, ready->letter, context.deed()),
                        ready->notes);
    };
  };
  const auto deliver_all = [&] {
    deliver(context, mails, options);
    is_delivered = true;
  };
  const auto sentence = [&](const ChangeSummary& summary) {
    if (mails.empty()) return sentence_of(summary.mood, {});
    const std::string letters = counted(mails.size(), "letter");
    return options.no_record
               ? sentence_of(summary.mood, {"wrote", "write"}, letters + "; nothing was recorded")
               : sentence_of(summary.mood, {"wrote and recorded", "write and record"}, letters);
  };
  const PartnerWork work{.read = read,
                         .sentence = sentence,
                         .delivery = {deliver_all, options.no_record ? Keeps::nothing : Keeps::change},
                         .lines = options.goes_to_a_file() ? OutcomeLines::printed : OutcomeLines::left_out};
  return change_partners(context, options.change, named(options.refs), options.inputs, work).code;
}

/// Prints the document of a letter alone; nobody has been sent anything.
ExitCode print_document(Context& context, const LetterOptions& options) {
  const LetterPlan plan = plan_of(context.settings(), options);
  if (options.refs.size() != 1 || options.refs.front() == "-")
    throw Error(ErrorKind::usage, "letter: --pdf prints the document of one partner; name one");
  demand_sender(context.settings());
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const auto paper =
      document_of_letter(read, require_by_ref(read, options.refs.front()), plan, context.today());
  if (!paper) throw Error(ErrorKind::refused, paper.problems().front().message);
  print_paper(context, *paper, options.output, Audience::owner);
  return ExitCode::done;
}

ExitCode run(Context& context, const LetterOptions& options) {
  if (options.print_template) {
    context.out().write(letter_template_text());
    return ExitCode::done;
  }
  if (options.pdf) return print_document(context, options);
  return options.record ? record_only(context, options) : write(context, options);
}

Run declare(Flags& flags) {
  auto options = std::make_shared<LetterOptions>();
  flags.arguments("REF", options->refs, "partners: id, reference, acronym or name; '-' is standard input");
  flags.option("--kind", joined_codes<LetterKind>("|"), options->kind, "what the letter is for");
  flags.option("--lang", "TAG", options->language, "official language (default the partner's, else en)");
  flags.option("--output", "FILE", options->output, "file to write atomically (default standard output)");
  flags.flag("--mbox", options->mbox, "write a mailbox file, as several letters always are");
  flags.flag("--pdf", options->pdf, "print the statement or the certificate alone");
  flags.option("--template", "FILE", options->layout, "template to use");
  flags.flag("--print-template", options->print_template, "print the built-in template");
  flags.flag("--no-record", options->no_record, "do not record the letter");
  flags.flag("--record", options->record, "record a letter that was sent otherwise, write none");
  options->inputs.declare(flags);
  flags.usage({" REF... --kind KIND [OPTION...]", " --print-template"});
  flags.one_of({"REF", "--print-template"});
  flags.one_of({"--kind", "--print-template"});
  flags.needs("--on", {"--record"});
  flags.excludes("--record", {"--lang", "--output", "--mbox", "--template", "--no-record", "--pdf"});
  declare_change(flags, options->change);
  flags.excludes("--pdf", {"--mbox", "--template", "--dry-run", "--format"});
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command letter_command() {
  return {"letter", CommandGroup::manage, "write an e-mail to a partner's contact", declare};
}

}  // namespace covenant
