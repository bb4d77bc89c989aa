#include "cli/commitment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
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
  return document.document.name ? in_quotes(document.document.name->str()) : "the document";
}

/// Which attachment is the document, where somebody has to say that; nothing where it is clear.
std::optional<std::string> find_open_choice(const ReadAnswer& answer) {
  const Reading& reading = answer.reading;
  if (answer.unreadable || !reading.email || reading.document) return std::nullopt;
  std::vector<Attachment> documents;
  std::copy_if(reading.email->attachments.begin(), reading.email->attachments.end(),
               std::back_inserter(documents),
               [](const Attachment& attachment) { return attachment.type == "application/pdf"; });
  if (documents.size() < 2) return std::nullopt;
  return fmt::format("the e-mail has several PDF documents: {}; name the one that is the commitment",
                     names_of(documents));
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

std::string all_of(const ByteSource& source) {
  std::string bytes;
  std::array<char, 65536> block;
  while (const std::size_t count = source(block.data(), block.size())) bytes.append(block.data(), count);
  return bytes;
}

Note reader_note(const LoadedDocument& document, std::string message) {
  const auto& name = document.document.name;
  return Note::of(NoteCode::reader, name ? name->str() : "", std::move(message), "commitment");
}

/// Why the worst signature is not valid, for people: ": it was altered".
std::string reason_in(const Reading& reading) {
  for (const Signature& signature : reading.signatures) {
    if (signature.verdict == reading.verdict && !signature.notes.empty())
      return fmt::format(": {}", line_for_terminal(signature.notes.front()));
  }
  return "";
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
  inputs.push_back({"signed_file", "FILE", "document that a detached signature covers"});
  inputs.push_back({"attachment", "NAME", "attachment that is the commitment"});
  inputs.push_back({"accept_invalid", "REASON", "why an invalid signature is accepted"});
  inputs.push_back({"unread", "REASON", "why the document is stored without reading it"});
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
  if (fields.origin() == InputOrigin::row) demand_agreement(fields);
  Said said{.signed_file = nullptr,
            .attachment = fields.optional<FileName>("attachment"),
            .accept_invalid = fields.optional<Remark>("accept_invalid"),
            .unread = fields.optional<Remark>("unread"),
            .received_on = received_on};
  if (!fields.text("commitment") || !fields.problems().empty()) return std::nullopt;
  if (!said.unread && !files_) files_.emplace(context_);
  auto document = load(fields, "commitment");
  if (!document) return std::nullopt;
  if (const auto path = fields.text("signed_file")) {
    if (auto why = find_needless_signed_file(document->document)) {
      fields.add(Problem::of(ProblemCode::choice, *path, *std::move(why)), "signed_file");
      return std::nullopt;
    }
    auto signed_file = load(fields, "signed_file");
    if (!signed_file) return std::nullopt;
    said.signed_file = std::make_shared<const LoadedDocument>(*std::move(signed_file));
  }
  return read_loaded(fields, *std::move(document), said);
}

/// The file that an input names.
std::optional<LoadedDocument> CommitmentReader::load(RowFields& fields, const char* column) const {
  const auto path = fields.text(column);
  const bool is_row = fields.origin() == InputOrigin::row;
  try {
    return load_document(is_row ? csv_.beside(*path) : std::string(*path));
  } catch (const Error& error) {
    if (!is_row && error.kind() != ErrorKind::bad_input) throw;
    fields.add(Problem::of(ProblemCode::commitment, *path, error.what()), column);
    return std::nullopt;
  }
}

std::optional<ReceivedCommitment> CommitmentReader::read_loaded(RowFields& fields, LoadedDocument document,
                                                                const Said& said) {
  ReceivedCommitment received{.document = std::move(document), .reading = std::nullopt, .references = {}};
  LoadedDocument& loaded = received.document;
  if (said.unread) {
    loaded.judgement = Judgement{.unread = said.unread};
    return received;
  }
  const std::string path(*fields.text("commitment"));
  const ReadAnswer* answer = nullptr;
  try {
    answer = &answer_of(path, loaded, said, fields.origin());
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    fields.add(Problem::of(ProblemCode::commitment, path, error.what()), "commitment");
    return std::nullopt;
  }
  auto wrong =
      said.attachment ? find_missing_attachment(*answer, said.attachment->str()) : find_open_choice(*answer);
  if (wrong) {
    fields.add(
        Problem::of(ProblemCode::choice, said.attachment ? said.attachment->str() : "", *std::move(wrong)),
        "attachment");
    return std::nullopt;
  }
  const Reading& reading = answer->reading;
  if (auto needless = said.signed_file ? find_unused_signed_file(reading) : std::nullopt) {
    fields.add(Problem::of(ProblemCode::choice, *fields.text("signed_file"), *std::move(needless)),
               "signed_file");
    return std::nullopt;
  }
  loaded.judgement = judgement_of(reading);
  if (reading.verdict == SignatureVerdict::invalid) loaded.judgement->accept_invalid = said.accept_invalid;
  if (said.signed_file) {
    loaded.signed_file = said.signed_file;
    loaded.judgement->signed_file = said.signed_file->document.sha256;
  }
  received.reading = reading;
  received.references = answer->references;
  for (Note& note : notes_on(loaded, *answer, said)) {
    if (noted_.insert(note.message).second) fields.add(std::move(note));
  }
  return received;
}

Notes CommitmentReader::notes_on(const LoadedDocument& document, const ReadAnswer& answer, const Said& said) {
  Notes notes;
  const Reading& reading = answer.reading;
  const std::string name = name_of(document);
  if (answer.unreadable) {
    notes.push_back(reader_note(document, fmt::format("{} {}; it is stored as unchecked", name,
                                                      line_for_terminal(*answer.unreadable))));
  }
  if (reading.email && !reading.email->received_on && !said.received_on && !answer.unreadable) {
    const auto future = std::find_if(reading.notes.begin(), reading.notes.end(), [](const std::string& note) {
      return note.starts_with(note_on_future_receipt);
    });
    const std::string why = future == reading.notes.end()
                                ? fmt::format("{} does not say when it was received", name)
                                : fmt::format("{}: {}", name, *future);
    notes.push_back(reader_note(document, fmt::format("{}; the day of receipt is today", why)));
  }
  const auto day = reading.email ? reading.email->received_on : std::nullopt;
  if (day && said.received_on && *day != *said.received_on) {
    notes.push_back(
        reader_note(document, fmt::format("{} was received on {} by its Received header, and not on {}", name,
                                          day->str(), said.received_on->str())));
  }
  if (!reading.signatures.empty() && reading.verdict != SignatureVerdict::valid) {
    const bool lacks_file = !said.signed_file && std::any_of(reading.signatures.begin(),
                                                             reading.signatures.end(), lacks_signed_file);
    notes.push_back(reader_note(
        document,
        fmt::format("{} is {}{}{}{}", name, code_of(reading.verdict), signers_of(reading.signatures),
                    reason_in(reading),
                    lacks_file ? "; name that file with --signed-file, or in the column signed_file" : "")));
  }
  if (said.accept_invalid && reading.verdict != SignatureVerdict::invalid) {
    notes.push_back(reader_note(
        document, fmt::format("{} is {}; there is nothing to accept", name, code_of(reading.verdict))));
  }
  return notes;
}

const ReadAnswer& CommitmentReader::answer_of(const std::string& path, const LoadedDocument& document,
                                              const Said& said, InputOrigin origin) {
  ReadOptions how{.signed_file = std::nullopt,
                  .attachment = said.attachment ? std::optional(said.attachment->str()) : std::nullopt,
                  .received_on = said.received_on};
  const std::string key =
      fmt::format("{}\n{}\n{}\n{}\n{}", document.document.sha256,
                  document.document.name ? document.document.name->str() : "",
                  said.signed_file ? said.signed_file->document.sha256 : "", how.attachment.value_or(""),
                  how.received_on ? how.received_on->str() : "");
  if (const auto known = answers_.find(key); known != answers_.end()) return known->second;
  if (const auto known = failures_.find(key); known != failures_.end())
    throw Error(ErrorKind::bad_input, known->second);
  if (said.signed_file) how.signed_file = all_of(said.signed_file->reread());
  try {
    return answers_.emplace(key, files_->read(path, document, how)).first->second;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    const std::string& message =
        failures_
            .emplace(key, fmt::format("{}; {} stores it without reading it", error.what(),
                                      origin == InputOrigin::row ? "a reason in unread" : "--unread REASON"))
            .first->second;
    throw Error(ErrorKind::bad_input, message);
  }
}

std::optional<Date> day_of_receipt(const std::optional<ReceivedCommitment>& received) {
  const bool is_mail = received && received->reading && received->reading->email;
  return is_mail ? received->reading->email->received_on : std::nullopt;
}

OutcomeResult blame_mail(OutcomeResult result, const MailedDay& day) {
  if (result) return result;
  Problems problems = std::move(result).problems();
  for (Problem& problem : problems) {
    if (problem.code != ProblemCode::date || problem.column != day.column) continue;
    const auto& name = day.mail.document.name;
    problem.message =
        fmt::format("{} was received on {} by its Received header, and {}; {}",
                    name ? in_quotes(name->str()) : "the document", problem.value, problem.message,
                    day.origin == InputOrigin::row ? fmt::format("write the right day in {}", day.column)
                                                   : fmt::format("add {} DATE", option_name(day.column)));
    problem.column = "commitment";
  }
  return problems;
}

}  // namespace covenant
