#include <fmt/format.h>

#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/ops/find.hpp"
#include "core/store/commitment_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

struct EvidenceOptions {
  std::string ref;
  std::optional<std::string> output;
};

std::string described(const Commitment& commitment) {
  std::string text = fmt::format("received_on\t{}\n", commitment.received_on.str());
  if (commitment.signed_on) text += fmt::format("signed_on\t{}\n", commitment.signed_on->str());
  if (commitment.signed_by) text += fmt::format("signed_by\t{}\n", for_terminal(commitment.signed_by->str()));
  if (commitment.exception)
    text += fmt::format("no_commitment\t{}\n", for_terminal(commitment.exception->str()));
  if (commitment.document) {
    const Document& document = *commitment.document;
    if (document.name) text += fmt::format("name\t{}\n", for_terminal(document.name->str()));
    text += fmt::format("type\t{}\nsize\t{}\nsha256\t{}\n", document.type, document.size, document.sha256);
  }
  return text;
}

void save(Read& read, const Partner& partner, const Commitment& commitment, const std::string& path,
          Context& context) {
  if (!commitment.document) {
    const std::string reason = commitment.exception ? commitment.exception->str() : "the reason was erased";
    throw Error(ErrorKind::refused,
                fmt::format("{} joined without a document: {}", partner.id.str(), for_terminal(reason)));
  }
  if (path == "-") {
    copy_document(read, *commitment.document, context.out());
    return;
  }
  AtomicFile file(context.output_path(path), Audience::owner);
  copy_document(read, *commitment.document, file);
  file.commit();
  const Document& document = *commitment.document;
  context.say(fmt::format("Wrote {} ({} bytes) to {}.",
                          document.name ? for_terminal(document.name->str()) : "the document", document.size,
                          path));
}

ExitCode evidence(Context& context, const EvidenceOptions& options) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const Partner partner = require_by_ref(read, options.ref);
  const std::vector<Commitment> commitments = find_commitments(read, partner.id);
  const Commitment* last = in_force(commitments);
  if (last == nullptr && !commitments.empty()) last = &commitments.back();  // entered in error
  if (last == nullptr) {
    throw Error(ErrorKind::refused, fmt::format("{} has no stored commitment: it is {}", partner.id.str(),
                                                code_of(partner.status)));
  }
  if (options.output) {
    save(read, partner, *last, *options.output, context);
  } else {
    context.out().write(described(*last));
  }
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<EvidenceOptions>();
  flags.required_argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.option("--output", "FILE", options->output, "file to save the document to; '-' is standard output");
  return [options](Context& context) { return evidence(context, *options); };
}

}  // namespace

Command evidence_command() {
  return {"evidence", CommandGroup::look_up, "describe a stored commitment, or save it to a file", declare};
}

}  // namespace covenant
