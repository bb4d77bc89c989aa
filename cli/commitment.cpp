#include "cli/commitment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/base/error.hpp"
#include "core/documents/judgement.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::array<const char*, 4> reading_columns = {"signed_file", "attachment", "accept_invalid",
                                                        "unread"};

std::string name_of(const LoadedDocument& document) {
  return document.document.name ? for_terminal(document.document.name->str()) : "the document";
}

/// Somebody has to say which of several it is.
void demand_one_document(const Reading& reading, const std::string& path) {
  if (!reading.email || reading.document) return;
  std::vector<std::string> names;
  for (const Attachment& attachment : reading.email->attachments) {
    if (attachment.type == "application/pdf")
      names.push_back(attachment.name ? fmt::format("'{}'", for_terminal(*attachment.name))
                                      : "one without a name");
  }
  if (names.size() < 2) return;
  throw Error(ErrorKind::usage, fmt::format("{}: has several PDF documents: {}; name the commitment with "
                                            "--attachment NAME",
                                            path, fmt::join(names, ", ")));
}

/// Who signed, for people: ", signed by A; B".
std::string signers_of(const std::vector<Signature>& signatures) {
  std::vector<std::string> names;
  for (const Signature& signature : signatures) {
    if (std::string signer = signer_of(signature); !signer.empty())
      names.push_back(line_for_terminal(signer));
  }
  return names.empty() ? "" : fmt::format(", signed by {}", fmt::join(names, "; "));
}

Note reader_note(const LoadedDocument& document, std::string message) {
  const auto& name = document.document.name;
  return Note::of(NoteCode::reader, name ? name->str() : "", std::move(message), "commitment");
}

/// Options are compared as they are declared.
void demand_agreement(RowFields& fields) {
  for (const char* column : reading_columns) {
    if (fields.text(column) && !fields.text("commitment")) {
      fields.add(Problem::of(ProblemCode::choice, *fields.text(column),
                             fmt::format("{} can only be used with a commitment", column)),
                 column);
    }
    if (fields.text(column) && fields.text("unread") && std::string_view(column) != "unread") {
      fields.add(Problem::of(ProblemCode::choice, *fields.text(column),
                             fmt::format("{} and unread cannot be used together", column)),
                 column);
    }
  }
}

}  // namespace

std::vector<Input> with_reading(std::vector<Input> inputs) {
  inputs.push_back({"signed_file", "FILE", "file that a detached signature signs"});
  inputs.push_back({"attachment", "NAME", "attachment of an e-mail that is the commitment"});
  inputs.push_back({"accept_invalid", "REASON", "why it counts though a signature is invalid"});
  inputs.push_back({"unread", "REASON", "store it without reading it, and why"});
  return inputs;
}

void relate_reading(Flags& flags) {
  for (const char* column : reading_columns) {
    flags.needs(option_name(column), {"--commitment"});
    if (std::string_view(column) != "unread") flags.excludes(option_name(column), {"--unread"});
  }
}

void CommitmentReader::read_ahead(RowFields& fields, std::optional<Date> received_on) {
  static_cast<void>(read(fields, received_on));
  noted_.clear();
}

std::optional<ReceivedCommitment> CommitmentReader::read(RowFields& fields, std::optional<Date> received_on) {
  const bool is_row = fields.origin() == InputOrigin::row;
  if (is_row) demand_agreement(fields);
  Said said{.signed_file = std::nullopt,
            .attachment = fields.optional<FileName>("attachment"),
            .accept_invalid = fields.optional<Remark>("accept_invalid"),
            .unread = fields.optional<Remark>("unread"),
            .received_on = received_on};
  if (const auto file = fields.text("signed_file"))
    said.signed_file = is_row ? csv_.beside(*file) : std::string(*file);
  const auto path = fields.text("commitment");
  if (!path || !fields.problems().empty()) return std::nullopt;
  if (is_row && !files_) files_.emplace(context_);  // what is wrong with the settings is no row's fault
  try {
    return read_file(fields, is_row ? csv_.beside(*path) : std::string(*path), said);
  } catch (const Error& error) {
    if (!is_row && error.kind() != ErrorKind::bad_input) throw;
    fields.add(Problem::of(ProblemCode::commitment, *path, error.what()), "commitment");
    return std::nullopt;
  }
}

ReceivedCommitment CommitmentReader::read_file(RowFields& fields, const std::string& path, const Said& said) {
  ReceivedCommitment received{.document = load_document(path), .reading = std::nullopt, .references = {}};
  LoadedDocument& document = received.document;
  if (said.unread) {
    document.judgement = Judgement{.unread = said.unread};
    return received;
  }
  const ReadOptions options{
      .signed_file = said.signed_file,
      .attachment = said.attachment ? std::optional(said.attachment->str()) : std::nullopt,
      .received_on = said.received_on};
  const ReadAnswer& answer = answer_of(path, document, options);
  if (!answer.unreadable) demand_one_document(answer.reading, path);
  document.judgement = judgement_of(answer.reading);
  if (answer.reading.verdict == SignatureVerdict::invalid)
    document.judgement->accept_invalid = said.accept_invalid;
  received.reading = answer.reading;
  received.references = answer.references;
  for (Note& note : notes_on(document, answer, said)) {
    if (noted_.insert(note.message).second) fields.add(std::move(note));
  }
  return received;
}

Notes CommitmentReader::notes_on(const LoadedDocument& document, const ReadAnswer& answer, const Said& said) {
  Notes notes;
  const Reading& reading = answer.reading;
  const std::string name = name_of(document);
  if (answer.unreadable) {
    notes.push_back(reader_note(document, fmt::format("'{}' {}; it is stored as unchecked", name,
                                                      line_for_terminal(*answer.unreadable))));
  }
  if (reading.email && !reading.email->received_on && !said.received_on && !answer.unreadable) {
    notes.push_back(
        reader_note(document, fmt::format("'{}' does not say when it was received; the day of receipt "
                                          "is today",
                                          name)));
  }
  if (!reading.signatures.empty() && reading.verdict != SignatureVerdict::valid) {
    notes.push_back(reader_note(document, fmt::format("'{}' is {}{}", name, code_of(reading.verdict),
                                                      signers_of(reading.signatures))));
  }
  if (said.accept_invalid && reading.verdict != SignatureVerdict::invalid) {
    notes.push_back(reader_note(
        document, fmt::format("'{}' is {}; there is nothing to accept", name, code_of(reading.verdict))));
  }
  return notes;
}

const ReadAnswer& CommitmentReader::answer_of(const std::string& path, const LoadedDocument& document,
                                              const ReadOptions& options) {
  const std::string key = fmt::format("{}\n{}\n{}\n{}\n{}", document.document.sha256,
                                      document.document.name ? document.document.name->str() : "",
                                      options.signed_file.value_or(""), options.attachment.value_or(""),
                                      options.received_on ? options.received_on->str() : "");
  if (const auto known = answers_.find(key); known != answers_.end()) return known->second;
  if (!files_) files_.emplace(context_);
  try {
    return answers_.emplace(key, files_->read(path, document, options)).first->second;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    throw Error(error.kind(), fmt::format("{}; --unread REASON stores it without reading it", error.what()));
  }
}

std::optional<Date> day_of_receipt(const std::optional<ReceivedCommitment>& received) {
  const bool is_mail = received && received->reading && received->reading->email;
  return is_mail ? received->reading->email->received_on : std::nullopt;
}

}  // namespace covenant
