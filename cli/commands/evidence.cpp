#include "core/ops/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/reader.hpp"
#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/base/sink.hpp"
#include "core/documents/judgement.hpp"
#include "core/formats/documents.hpp"
#include "core/formats/reading.hpp"
#include "core/formats/text_table.hpp"
#include "core/ops/find.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/document_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

struct EvidenceOptions {
  std::string ref;
  bool list = false;
  std::optional<std::uint64_t> number;
  std::optional<std::string> output;
  bool verify = false;
  std::optional<std::string> signed_file;
  std::optional<std::string> add;
  std::optional<Remark> note;
  std::optional<std::uint64_t> erase;
  std::optional<Remark> because;
  ChangeOptions change;
};

/// Lines of a name and a value, with a tab between; on a terminal in two columns, the second wrapped.
void write_pairs(Context& context, std::string_view lines) {
  const std::size_t width = context.table_look().width;
  if (width == 0) return context.out().write(lines);
  constexpr std::size_t indent = 15;
  constexpr std::size_t narrowest = 20;
  const std::size_t room = std::max(narrowest, width - std::min(width, indent));
  const std::string next = "\n" + std::string(indent, ' ');
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(line.size() + 1);
    const std::size_t tab = line.find('\t');
    const auto parts = wrapped(line.substr(tab + 1), room);
    context.out().write(fmt::format("{:<{}}{}\n", line.substr(0, tab), indent, fmt::join(parts, next)));
  }
}

/// The documents of a partner, for people.
void write_table(Context& context, const std::vector<KeptDocument>& documents) {
  const TableLook look = context.table_look();
  constexpr std::size_t others = 62;
  constexpr std::size_t narrowest = 12;
  const std::size_t room = std::max(narrowest, look.width - std::min(look.width, others));
  TextTable table({{"no", TextColumn::Side::right},
                   {"use"},
                   {"received"},
                   {.heading = "name", .most = room},
                   {"type"},
                   {"size", TextColumn::Side::right},
                   {"verdict"}},
                  {}, context.out(), look);
  std::size_t number = 0;
  for (const KeptDocument& kept : documents) {
    const Document& document = kept.document;
    const std::string_view verdict = kept.is_erased     ? "erased"
                                     : kept.is_annulled ? "annulled"
                                     : kept.verdict     ? code_of(*kept.verdict)
                                                        : "";
    table.row({std::to_string(++number), std::string(code_of(kept.use)), kept.day.str(),
               document.name ? document.name->str() : "", name_of_type(document.type),
               size_for_people(document.size), std::string(verdict)});
  }
  table.finish();
}

constexpr const char* erased_line = "erased\tyes\n";

std::string described(const Document& document) {
  std::string text;
  if (document.name) text = fmt::format("name\t{}\n", for_terminal(document.name->str()));
  return text +
         fmt::format("type\t{}\nsize\t{}\nsha256\t{}\n", document.type, document.size, document.sha256);
}

/// What was found in a document, a line each.
std::string described(const Judgement& judgement) {
  std::string text = fmt::format("verdict\t{}\n", code_of(judgement.verdict));
  const auto add = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}\t{}\n", name, line_for_terminal(value));
  };
  if (judgement.unread) add("unread", judgement.unread->str());
  if (judgement.accept_invalid) add("accept_invalid", judgement.accept_invalid->str());
  const auto add_if = [&](std::string_view name, const std::optional<std::string>& value) {
    if (value) add(name, *value);
  };
  for (const Signature& signature : judgement.signatures) {
    add("signature", fmt::format("{}: {}", code_of(signature.verdict), signer_of(signature)));
    add_if("certificate", signature.certificate);
    add_if("anchor", signature.anchor);
    add_if("timestamp_anchor", signature.timestamp_anchor);
    for (const std::string& note : signature.notes) add("note", note);
  }
  if (judgement.mail && judgement.mail->from) add("from", *judgement.mail->from);
  if (judgement.mail && judgement.mail->message_id) add("message_id", *judgement.mail->message_id);
  if (judgement.mail && judgement.mail->document) {
    const Attachment& document = *judgement.mail->document;
    add("attachment", fmt::format("{} {}", document.name.value_or(document.type), document.sha256));
  } else {
    add_if("attachment", judgement.part);
  }
  add_if("signed_file", judgement.signed_file);
  for (const std::string& note : document_notes(judgement)) add("note", note);
  return text;
}

std::string described(const Commitment& commitment) {
  std::string text = fmt::format("received_on\t{}\n", commitment.received_on.str());
  if (commitment.signed_on) text += fmt::format("signed_on\t{}\n", commitment.signed_on->str());
  if (commitment.signed_by) text += fmt::format("signed_by\t{}\n", for_terminal(commitment.signed_by->str()));
  if (commitment.exception)
    text += fmt::format("no_commitment\t{}\n", for_terminal(commitment.exception->str()));
  if (commitment.document) text += described(*commitment.document);
  if (commitment.judgement) text += described(*commitment.judgement);
  return text;
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

/// The commitment in force, or if there is none the last one, which was entered in error.
Commitment shown_commitment(Read& read, const Partner& partner) {
  std::vector<Commitment> commitments = find_commitments(read, partner.id);
  if (const Commitment* commitment = in_force(commitments)) return *commitment;
  if (!commitments.empty()) return std::move(commitments.back());
  throw Error(ErrorKind::refused, fmt::format("{} has no stored commitment: it is {}", partner.id.str(),
                                              code_of(partner.status)));
}

[[noreturn]] void refuse_without_document(const Partner& partner, const Commitment& commitment) {
  const std::string reason = commitment.exception ? commitment.exception->str() : "the reason was erased";
  throw Error(ErrorKind::refused,
              fmt::format("{} joined without a document: {}", partner.id.str(), for_terminal(reason)));
}

void show_commitment(Read& read, const Partner& partner, const EvidenceOptions& options, Context& context) {
  const Commitment commitment = shown_commitment(read, partner);
  const auto& document = commitment.document;
  if (!options.output) {
    const bool is_gone = document && is_erased(read, partner.id, document->sha256);
    write_pairs(context, described(commitment) + (is_gone ? erased_line : ""));
  } else if (document) {
    save(read, partner, *document, *options.output, context);
  } else {
    refuse_without_document(partner, commitment);
  }
}

KeptDocument shown_document(Read& read, const Partner& partner, std::uint64_t number) {
  std::vector<KeptDocument> documents = find_documents(read, partner.id);
  if (number < 1 || number > documents.size()) {
    throw Error(ErrorKind::refused,
                fmt::format("{}: no document {}; it has {}", partner.id.str(), number, documents.size()));
  }
  return std::move(documents[number - 1]);
}

void show_document(Read& read, const Partner& partner, const EvidenceOptions& options, Context& context) {
  const KeptDocument kept = shown_document(read, partner, *options.number);
  if (options.output) {
    save(read, partner, kept.document, *options.output, context);
  } else {
    write_pairs(context, described(kept));
  }
}

/// The document to judge, and what was recorded when it came.
RecordedReading find_recorded(Read& read, const Partner& partner, const EvidenceOptions& options) {
  if (!options.number) {
    const Commitment commitment = shown_commitment(read, partner);
    if (!commitment.document) refuse_without_document(partner, commitment);
    return {*commitment.document, commitment.received_on, commitment.judgement};
  }
  const KeptDocument kept = shown_document(read, partner, *options.number);
  for (const Commitment& commitment : find_commitments(read, partner.id)) {
    if (commitment.document == kept.document && commitment.received_on == kept.day)
      return {kept.document, kept.day, commitment.judgement};
  }
  return {kept.document, kept.day};
}

/// The bytes of the file that --signed-file names, which has to be the one that was judged.
std::optional<std::string> given_signed_file(const EvidenceOptions& options,
                                             const RecordedReading& recorded) {
  if (!options.signed_file) return std::nullopt;
  if (const auto why = find_needless_signed_file(recorded.document))
    throw Error(ErrorKind::usage, fmt::format("--signed-file: {}", *why));
  std::string bytes = read_file(*options.signed_file, largest_document);
  const auto known = recorded.judgement ? recorded.judgement->signed_file : std::nullopt;
  if (known && to_hex(bytes_of(sha256({bytes}))) != *known) {
    throw Error(ErrorKind::bad_input,
                fmt::format("--signed-file: {} is not the file that was judged, whose SHA-256 is {}",
                            in_quotes(*options.signed_file), *known));
  }
  return bytes;
}

/// A signature, or its time stamp, that leads to another trusted certificate than when it was recorded.
struct TrustChange {
  std::string of;  ///< "signature 1"
  std::optional<std::string> recorded;
  std::optional<std::string> now;
};

/// Without the file that it signs nobody follows its certificates.
bool reached_chain(const Signature& signature) {
  return signature.verdict != SignatureVerdict::unchecked || signature.anchor;
}

std::vector<TrustChange> trust_changes(const std::vector<Signature>& recorded,
                                       const std::vector<Signature>& now) {
  std::vector<TrustChange> changes;
  if (recorded.size() != now.size()) return changes;  // erased since
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (!reached_chain(recorded[i]) || !reached_chain(now[i])) continue;
    if (recorded[i].anchor != now[i].anchor)
      changes.push_back({fmt::format("signature {}", i + 1), recorded[i].anchor, now[i].anchor});
    if (recorded[i].timestamp_anchor != now[i].timestamp_anchor) {
      changes.push_back({fmt::format("the time stamp of signature {}", i + 1), recorded[i].timestamp_anchor,
                         now[i].timestamp_anchor});
    }
  }
  return changes;
}

std::string as_json(const std::optional<std::string>& recorded, const std::vector<TrustChange>& changes,
                    const Reading& now) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member_or_null("recorded", recorded).member("verdict", code_of(now.verdict));
  json.key("trust").begin_array();
  for (const TrustChange& change : changes) {
    json.begin_object().member("of", change.of).member_or_null("recorded", change.recorded);
    json.member_or_null("now", change.now).end_object();
  }
  json.end_array().key("reading").raw(reading_as_json(now)).end_object();
  return out + "\n";
}

/// Judges a document again, by the certificates that are trusted now.
void verify(Read& read, const Partner& partner, const EvidenceOptions& options, Context& context) {
  const RecordedReading before = find_recorded(read, partner, options);
  demand_bytes(read, partner, before.document);
  const Reading now =
      read_again(context, read, partner.id, before, given_signed_file(options, before)).reading;
  const auto needless = options.signed_file ? find_unused_signed_file(now) : std::nullopt;
  if (needless) throw Error(ErrorKind::usage, fmt::format("--signed-file: {}", *needless));
  const auto& judgement = before.judgement;
  const auto recorded = judgement ? std::optional(std::string(code_of(judgement->verdict))) : std::nullopt;
  const auto changes =
      trust_changes(judgement ? judgement->signatures : std::vector<Signature>(), now.signatures);
  if (options.change.format == ReportFormat::json) {
    context.out().write(as_json(recorded, changes, now));
  } else {
    std::string text =
        fmt::format("recorded\t{}\n{}", recorded.value_or("not read"), described(judgement_of(now)));
    for (const auto& [of, was, is] : changes) {
      text += fmt::format("trust\t{} led to {} when it was recorded, and leads to {} now\n", of,
                          was.value_or("no trusted certificate"), is.value_or("no trusted certificate"));
    }
    write_pairs(context, text);
  }
  if (judgement && judgement->verdict != now.verdict) {
    context.say(fmt::format("The verdict was {} when it was recorded, and is {} now.", *recorded,
                            code_of(now.verdict)));
  }
}

ExitCode look(Context& context, const EvidenceOptions& options) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const Partner partner = require_by_ref(read, options.ref);
  if (options.list) {
    const std::vector<KeptDocument> documents = find_documents(read, partner.id);
    if (options.change.format == ReportFormat::json) {
      context.out().write(documents_as_json(documents));
    } else if (context.table_look().width == 0) {
      context.out().write(documents_as_text(documents));
    } else if (documents.empty()) {
      context.say("No documents.");
    } else {
      write_table(context, documents);
    }
  } else if (options.verify) {
    verify(read, partner, options, context);
  } else if (options.number) {
    show_document(read, partner, options, context);
  } else {
    show_commitment(read, partner, options, context);
  }
  return ExitCode::done;
}

/// The file that --add names. Fails with `commitment` on what cannot be a document.
Result<LoadedDocument> added_document(const std::string& path) {
  try {
    return load_document(path);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    return Problem::of(ProblemCode::commitment, path, error.what(), "add");
  }
}

ExitCode add(Context& context, const EvidenceOptions& options) {
  const Result<LoadedDocument> loaded = added_document(*options.add);
  const auto keep = [&](Write& write) -> OutcomeResult {
    if (!loaded) return refuse(loaded.problem());
    const auto found = find_by_ref_or_name(write, options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    return add_document(write, std::get<Partner>(found), *loaded, options.note, context.settings().policies,
                        context.deed());
  };
  const auto sentence = [&](const ChangeSummary& summary) {
    const std::string id = summary.outcomes.first().str();
    return summary.counts.updated > 0 ? sentence_of(summary.mood, {"added", "add"}, "a document to " + id)
                                      : fmt::format("{} has this document already.", id);
  };
  return change_one(context, options.change, keep, sentence).code;
}

/// "document 2", or "documents 1 (the commitment in force), 2 and 4" where these are the same.
std::string counted_documents(Read& read, const Partner& partner, std::uint64_t number) {
  const std::vector<KeptDocument> documents = find_documents(read, partner.id);
  if (number < 1 || number > documents.size()) return fmt::format("document {}", number);  // is refused
  std::vector<std::uint64_t> same;
  same.reserve(documents.size());
  for (std::uint64_t each = 1; each <= documents.size(); ++each) {
    if (documents[each - 1].document.sha256 == documents[number - 1].document.sha256) same.push_back(each);
  }
  if (same.size() < 2) return fmt::format("document {}", number);
  const std::vector<Commitment> commitments = find_commitments(read, partner.id);
  const Commitment* const commitment = in_force(commitments);
  std::string text;
  for (const std::uint64_t each : same) {
    const KeptDocument& kept = documents[each - 1];
    const bool is_in_force = commitment != nullptr && kept.use != DocumentUse::document &&
                             !kept.is_annulled && kept.document == commitment->document &&
                             kept.day == commitment->received_on;
    const std::string_view between = each == same.front() ? "" : each == same.back() ? " and " : ", ";
    text += fmt::format("{}{}{}", between, each, is_in_force ? " (the commitment in force)" : "");
  }
  return "documents " + text;
}

ExitCode erase(Context& context, const EvidenceOptions& options) {
  if (!options.because) throw Error(ErrorKind::usage, "evidence: missing --because TEXT");
  std::string numbers;
  const auto remove = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref_or_name(write, options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    numbers = counted_documents(write, std::get<Partner>(found), *options.erase);
    return erase_document(write, std::get<Partner>(found), {*options.erase, *options.because},
                          context.deed());
  };
  const auto sentence = [&](const ChangeSummary& summary) {
    const std::string document = fmt::format("{} of {}", numbers, summary.outcomes.first().str());
    return summary.counts.updated > 0 ? sentence_of(summary.mood, {"erased", "erase"}, document)
                                      : fmt::format("Already erased: {}.", document);
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
  flags.flag("--verify", options->verify, "judge its signatures again, by today's trust");
  flags.option("--signed-file", "FILE", options->signed_file, "document that a detached signature covers");
  flags.option("--add", "FILE", options->add, "store a further document");
  flags.option("--note", "TEXT", options->note, "what the further document is");
  flags.option("--erase", "N", options->erase, "document to erase for good");
  flags.option("--because", "TEXT", options->because, "why the document is erased");
  declare_change(flags, options->change);
  flags.needs("--note", {"--add"});
  flags.needs("--because", {"--erase"});
  for (const char* name : {"--dry-run", "--clock-is-right"}) flags.needs(name, {"--add", "--erase"});
  flags.needs("--format", {"--list", "--verify", "--add", "--erase"});
  flags.needs("--signed-file", {"--verify"});
  flags.excludes("--verify", {"--output", "--add", "--erase"});
  flags.excludes("--list", {"--number", "--output", "--verify", "--add", "--erase"});
  flags.excludes("--add", {"--number", "--output", "--erase"});
  flags.excludes("--erase", {"--number", "--output"});
  return [options](Context& context) { return evidence(context, *options); };
}

}  // namespace

Command evidence_command() {
  return {"evidence", CommandGroup::look_up, "list, save, add or verify stored documents", declare};
}

}  // namespace covenant
