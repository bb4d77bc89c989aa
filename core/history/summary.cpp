#include "core/history/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/history/event_body.hpp"

namespace covenant {

namespace {

/// The parts of a summary.
class Parts {
 public:
  void add(std::string_view part) {
    if (!text_.empty()) text_ += "; ";
    text_ += part;
  }
  void add(std::string_view name, std::string_view value) { begin(name).append(value); }
  /// Adds a part of which the value is yet to be appended.
  std::string& begin(std::string_view name) {
    add(name);
    return text_.append(": ");
  }

  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

/// The parts of a list are joined for people as a text has them.
void append_value(std::string& out, Column column, const std::string& text) {
  const ColumnShape shape = shape_of(column);
  if (shape != ColumnShape::categories && shape != ColumnShape::practices) {
    out += text;
    return;
  }
  for (const char c : text) out.append(c == ';' || c == '\n' ? ", " : std::string_view(&c, 1));
}

/// Whether the column says no more than the event's time does.
bool is_day_of_event(const EventRecord& event, Column column, const std::string& value) {
  return column == "verified_on"_column && event.verification && value == event.day().str();
}

bool is_among(const std::vector<EventText>& texts, EventText text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// The sealed text of each column that is one.
constexpr auto text_of_columns = [] {
  std::array<std::optional<EventText>, column_count> texts{};
  for (const EventText text : all_event_texts) {
    if (const auto column = column_of(text)) texts[index_of(*column)] = text;
  }
  return texts;
}();

/// Values by the place of their column.
std::array<const std::string*, column_count> by_column(const EventRecord::Values& values) {
  std::array<const std::string*, column_count> found{};
  for (const auto& [column, value] : values) found[index_of(column)] = &value;
  return found;
}

void add_columns(Parts& parts, const EventRecord& event, const std::vector<EventText>& erased) {
  const auto before = by_column(event.old);
  const auto after = by_column(event.set);
  for (const Column column : all_columns) {
    const std::string* was = before[index_of(column)];
    const std::string* is = after[index_of(column)];
    const auto text = text_of_columns[index_of(column)];
    if (is != nullptr && is_day_of_event(event, column, *is)) continue;
    if (text && is_among(erased, *text)) {
      parts.add(code_of(column), "erased");
    } else if (is != nullptr) {
      std::string& text_of_part = parts.begin(code_of(column));
      if (was != nullptr) append_value(text_of_part, column, *was);
      if (was != nullptr) text_of_part += " → ";
      append_value(text_of_part, column, *is);
    } else if (was != nullptr) {
      std::string& text_of_part = parts.begin(code_of(column));
      append_value(text_of_part, column, *was);
      text_of_part += " → nothing";
    } else if (text && is_among(event.texts, *text) && !event.of) {
      parts.add(code_of(column), "nothing");
    }
  }
}

/// The criteria that failed, and those on which a person decided.
void add_findings(Parts& parts, const Verification& verification) {
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const Finding& finding = verification.findings[i];
    if (finding.verdict == Verdict::pass && !finding.by_person) continue;
    parts.add(code_of(static_cast<Criterion>(i)),
              std::string(code_of(finding.verdict)) + (finding.by_person ? " (found by a person)" : ""));
  }
  if (all_pass(verification.findings)) parts.add("all criteria pass");
  for (const Remark& source : verification.sources) parts.add("source", source.str());
}

void add_document(Parts& parts, const Document& document) {
  parts.add("document",
            (document.name ? document.name->str() + ", " : "") +
                fmt::format("{}, {} bytes, SHA-256 {}", document.type, document.size, document.sha256));
}

void add_commitment(Parts& parts, const Commitment& commitment) {
  std::string text = "received on " + commitment.received_on.str();
  if (commitment.signed_on) text += ", signed on " + commitment.signed_on->str();
  if (commitment.signed_by) text += ", signed by " + commitment.signed_by->str();
  parts.add("commitment", text);
  if (commitment.exception) parts.add("no document", commitment.exception->str());
  if (commitment.document) add_document(parts, *commitment.document);
  if (!commitment.judgement) return;
  const Judgement& judgement = *commitment.judgement;
  parts.add("verdict", std::string(code_of(judgement.verdict)));
  for (const Signature& signature : judgement.signatures) {
    if (const std::string signer = signer_of(signature); !signer.empty()) parts.add("signer", signer);
  }
  if (judgement.mail && judgement.mail->from) parts.add("from", *judgement.mail->from);
  if (judgement.accept_invalid) parts.add("accepted though invalid", judgement.accept_invalid->str());
  if (judgement.unread) parts.add("not read", judgement.unread->str());
}

/// The last ending as it was corrected, which may be before the present application.
void add_ending(Parts& parts, const Ended& ending) {
  std::string text = "ended on " + ending.on.str();
  if (ending.reason) text.append(", ").append(code_of(*ending.reason));
  parts.add("ending", text);
}

/// In version 1 of events the signatory is sealed apart from other texts.
void read_signatory(Read& read, EventRecord& event, std::vector<EventText>& erased) {
  const auto is_signatory = [](const auto& sealed) { return sealed.first == "signed_by"; };
  if (std::none_of(event.sealed.begin(), event.sealed.end(), is_signatory)) return;
  if (const auto name = find_sealed_value(read, event.seq, "signed_by")) {
    event.commitment->signed_by = stored(read_back<PersonText>(*name));
  } else {
    erased.push_back("signed_by"_text);
  }
}

/// "four-eyes: on → off", or "four-eyes: on, proposed: off".
void add_policy(Parts& parts, const PolicyChange& change) {
  const std::string_view step = change.step == PolicyStep::is_proposed ? ", proposed: " : " → ";
  parts.add(code_of(change.to.policy()), std::string(change.old.str()).append(step).append(change.to.str()));
}

/// The policies in force that demanded something.
void add_policies(Parts& parts, const Policies& policies) {
  for (const Policy policy : policies_by_name) {
    if (!policies.of(policy).is_weakest())
      parts.add(std::string("policy ").append(code_of(policy)), policies.of(policy).str());
  }
}

void add_letter(Parts& parts, const Letter& letter) {
  std::string sent = "sent on " + letter.on.str();
  if (letter.recipient) sent.append(" to ").append(letter.recipient->str());
  if (letter.message_id) sent.append(" as ").append(letter.message_id->str());
  parts.add(code_of(letter.kind), sent);
}

void add_contact(Parts& parts, const EventRecord& event) {
  const auto is_contact = [](const auto& sealed) { return sealed.first == "contact"; };
  if (std::none_of(event.sealed.begin(), event.sealed.end(), is_contact)) return;
  parts.add(event.old.empty() && event.action == code_of(Action::apply) ? "contact added"
                                                                        : "contact changed");
}

/// What an erasure took, and which texts of the event in question it left.
void add_erasure(Parts& parts, const EventRecord& event) {
  std::string gone;
  for (const SealedName& name : event.erased)
    gone += fmt::format("{}{} of event {}", gone.empty() ? "" : ", ", name.field, name.seq);
  if (!gone.empty()) parts.add("erased", gone);
  if (!event.of) return;
  std::string kept;
  for (const EventText text : event.texts) kept.append(kept.empty() ? "" : ", ").append(code_of(text));
  parts.add(fmt::format("kept of event {}", *event.of), kept);
}

}  // namespace

std::string summary_of(Read& read, EventRecord event) {
  std::vector<EventText> erased = read_texts(read, event);
  read_signatory(read, event, erased);
  Parts parts;
  if (!event.origin.empty()) parts.add("origin", event.origin);
  add_columns(parts, event, erased);
  if (event.policy) add_policy(parts, *event.policy);
  if (event.verification) add_findings(parts, *event.verification);
  if (event.commitment) add_commitment(parts, *event.commitment);
  if (event.further) add_document(parts, event.further->document);
  if (event.erased_document) {
    parts.add("erased document", fmt::format("{} bytes, SHA-256 {}", event.erased_document->size,
                                             event.erased_document->sha256));
  }
  if (event.ending) add_ending(parts, *event.ending);
  if (event.undoes) parts.add("undone run", event.undoes->run);
  if (event.because) parts.add("because", event.because->str());
  if (event.letter) add_letter(parts, *event.letter);
  if (event.note) parts.add("note", event.note->str());
  for (const EventText text : erased) {
    if (!column_of(text)) parts.add(code_of(text), "erased");
  }
  if (event.policies) add_policies(parts, *event.policies);
  add_contact(parts, event);
  add_erasure(parts, event);
  if (event.clock) parts.add("clock", event.clock->str());
  return std::move(parts).text();
}

}  // namespace covenant
