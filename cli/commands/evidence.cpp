#include "core/ops/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/formats/documents.hpp"
#include "core/ops/find.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

struct EvidenceOptions {
  std::string ref;
  bool list = false;
  std::optional<std::uint64_t> number;
  std::optional<std::string> output;
  std::optional<std::string> add;
  std::optional<Remark> note;
  std::optional<std::uint64_t> erase;
  std::optional<Remark> because;
  ChangeOptions change;
};

constexpr const char* erased_line = "erased\tyes\n";

std::string described(const Document& document) {
  std::string text;
  if (document.name) text = fmt::format("name\t{}\n", for_terminal(document.name->str()));
  return text +
         fmt::format("type\t{}\nsize\t{}\nsha256\t{}\n", document.type, document.size, document.sha256);
}

std::string described(const Commitment& commitment) {
  std::string text = fmt::format("received_on\t{}\n", commitment.received_on.str());
  if (commitment.signed_on) text += fmt::format("signed_on\t{}\n", commitment.signed_on->str());
  if (commitment.signed_by) text += fmt::format("signed_by\t{}\n", for_terminal(commitment.signed_by->str()));
  if (commitment.exception)
    text += fmt::format("no_commitment\t{}\n", for_terminal(commitment.exception->str()));
  return commitment.document ? text + described(*commitment.document) : text;
}

std::string described(const KeptDocument& kept) {
  std::string text = fmt::format("kind\t{}\nday\t{}\n", code_of(kept.use), kept.day.str());
  if (kept.note) text += fmt::format("note\t{}\n", for_terminal(kept.note->str()));
  text += described(kept.document);
  return kept.is_erased ? text + erased_line : text;
}

/// @throws Error{refused}
void demand_bytes(Read& read, const Partner& partner, const Document& document) {
  if (is_erased(read, partner.id, document.sha256))
    throw Error(ErrorKind::refused, fmt::format("{}: the document was erased", partner.id.str()));
}

void save(Read& read, const Partner& partner, const Document& document, const std::string& path,
          Context& context) {
  demand_bytes(read, partner, document);
  if (path == "-") {
    copy_document(read, document, context.out());
    return;
  }
  AtomicFile file(context.output_path(path), Audience::owner);
  copy_document(read, document, file);
  file.commit();
  context.say(fmt::format("Wrote {} ({} bytes) to {}.",
                          document.name ? for_terminal(document.name->str()) : "the document", document.size,
                          path));
}

void show_commitment(Read& read, const Partner& partner, const EvidenceOptions& options, Context& context) {
  const std::vector<Commitment> commitments = find_commitments(read, partner.id);
  const Commitment* commitment = in_force(commitments);
  if (commitment == nullptr && !commitments.empty()) commitment = &commitments.back();  // entered in error
  if (commitment == nullptr) {
    throw Error(ErrorKind::refused, fmt::format("{} has no stored commitment: it is {}", partner.id.str(),
                                                code_of(partner.status)));
  }
  if (!options.output) {
    const auto& document = commitment->document;
    const bool is_gone = document && is_erased(read, partner.id, document->sha256);
    context.out().write(described(*commitment) + (is_gone ? erased_line : ""));
  } else if (commitment->document) {
    save(read, partner, *commitment->document, *options.output, context);
  } else {
    const std::string reason = commitment->exception ? commitment->exception->str() : "the reason was erased";
    throw Error(ErrorKind::refused,
                fmt::format("{} joined without a document: {}", partner.id.str(), for_terminal(reason)));
  }
}

void show_document(Read& read, const Partner& partner, const EvidenceOptions& options, Context& context) {
  const std::vector<KeptDocument> documents = find_documents(read, partner.id);
  if (*options.number < 1 || *options.number > documents.size()) {
    throw Error(ErrorKind::refused, fmt::format("{}: no document {}; it has {}", partner.id.str(),
                                                *options.number, documents.size()));
  }
  const KeptDocument& kept = documents[*options.number - 1];
  if (options.output) {
    save(read, partner, kept.document, *options.output, context);
  } else {
    context.out().write(described(kept));
  }
}

ExitCode look(Context& context, const EvidenceOptions& options) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const Partner partner = require_by_ref(read, options.ref);
  if (options.list) {
    const std::vector<KeptDocument> documents = find_documents(read, partner.id);
    const bool is_json = options.change.format == ReportFormat::json;
    context.out().write(is_json ? documents_as_json(documents) : documents_as_text(documents));
  } else if (options.number) {
    show_document(read, partner, options, context);
  } else {
    show_commitment(read, partner, options, context);
  }
  return ExitCode::done;
}

ExitCode add(Context& context, const EvidenceOptions& options) {
  const LoadedDocument loaded = load_document(*options.add);
  const auto keep = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref_or_name(write, options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return add_document(write, std::get<Partner>(found), loaded, options.note, context.deed());
  };
  const auto sentence = [&](const ChangeSummary& summary) {
    const std::string id = summary.outcomes.first().str();
    return summary.counts.updated > 0 ? fmt::format("Added a document to {}.", id)
                                      : fmt::format("{} has this document already.", id);
  };
  return change_one(context, options.change, keep, sentence).code;
}

ExitCode erase(Context& context, const EvidenceOptions& options) {
  if (!options.because) throw Error(ErrorKind::usage, "evidence: missing --because TEXT");
  const auto remove = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref_or_name(write, options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return erase_document(write, std::get<Partner>(found), {*options.erase, *options.because},
                          context.deed());
  };
  const auto sentence = [&](const ChangeSummary& summary) {
    return fmt::format("{} document {} of {}.",
                       summary.counts.updated > 0 ? "Erased" : "Already erased:", *options.erase,
                       summary.outcomes.first().str());
  };
  const ExitCode code = change_one(context, options.change, remove, sentence).code;
  if (code == ExitCode::done && !options.change.dry_run) context.open(OpenMode::write).wipe(context.wait());
  return code;
}

ExitCode evidence(Context& context, const EvidenceOptions& options) {
  if (options.add) return add(context, options);
  if (options.erase) return erase(context, options);
  return look(context, options);
}

Run declare(Flags& flags) {
  auto options = std::make_shared<EvidenceOptions>();
  flags.required_argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.flag("--list", options->list, "list all documents");
  flags.option("--number", "N", options->number, "document to use (default: the commitment in force)");
  flags.option("--output", "FILE", options->output, "file to save the document to; '-' is standard output");
  flags.option("--add", "FILE", options->add, "store a further document");
  flags.option("--note", "TEXT", options->note, "what the further document is");
  flags.option("--erase", "N", options->erase, "document to erase for good");
  flags.option("--because", "TEXT", options->because, "why the document is erased");
  declare_change(flags, options->change);
  flags.needs("--note", {"--add"});
  flags.needs("--because", {"--erase"});
  for (const char* name : {"--dry-run", "--clock-is-right"}) flags.needs(name, {"--add", "--erase"});
  flags.needs("--format", {"--list", "--add", "--erase"});
  flags.excludes("--list", {"--number", "--output", "--add", "--erase"});
  flags.excludes("--add", {"--number", "--output", "--erase"});
  flags.excludes("--erase", {"--number", "--output"});
  return [options](Context& context) { return evidence(context, *options); };
}

}  // namespace

Command evidence_command() {
  return {"evidence", CommandGroup::look_up, "list, save, add or erase stored documents", declare};
}

}  // namespace covenant
