#include "core/documents/judgement.hpp"

#include <optional>
#include <utility>

#include "core/base/error.hpp"
#include "core/model/stored_text.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

bool is_reading_text(std::string_view text) {
  return !text.empty() && text.size() <= longest_reading_text && is_clean_utf8(text, LineFeeds::refused);
}

template <class T>
T as_recorded(std::optional<T> part) {
  if (!part) damaged("what was read in a document is not as it was recorded");
  return *std::move(part);
}

class Words {
 public:
  void add(const std::optional<std::string>& word) {
    if (!word || word->empty()) return;
    if (!text_.empty()) text_ += ", ";
    text_ += *word;
  }
  std::string take() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

Judgement judgement_of(const Reading& reading) {
  Judgement judgement{.verdict = reading.verdict, .signatures = reading.signatures, .notes = reading.notes};
  if (!reading.email) return judgement;
  judgement.mail = MailOrigin{reading.email->from, reading.email->message_id, reading.document};
  if (reading.document) judgement.part = reading.document->sha256;
  return judgement;
}

std::vector<std::string> parts_of(const Judgement& judgement, std::string_view name) {
  std::vector<std::string> parts;
  if (name == "signatures") {
    for (const Signature& signature : judgement.signatures) parts.push_back(to_json(signature));
  } else if (name == "reading_notes") {
    parts = judgement.notes;
  } else if (name == "mail" && judgement.mail) {
    parts.push_back(to_json(*judgement.mail));
  } else if (name == "accept_invalid" && judgement.accept_invalid) {
    parts.push_back(judgement.accept_invalid->str());
  } else if (name == "unread" && judgement.unread) {
    parts.push_back(judgement.unread->str());
  }
  return parts;
}

void add_part(Judgement& judgement, std::string_view name, const std::string& part) {
  if (name == "signatures") {
    judgement.signatures.push_back(as_recorded(parse_signature(part)));
  } else if (name == "reading_notes") {
    judgement.notes.push_back(as_recorded(is_reading_text(part) ? std::optional(part) : std::nullopt));
  } else if (name == "mail") {
    judgement.mail = as_recorded(parse_mail_origin(part));
  } else if (name == "accept_invalid") {
    judgement.accept_invalid = stored(Remark::parse(part));
  } else if (name == "unread") {
    judgement.unread = stored(Remark::parse(part));
  }
}

bool is_part(std::string_view name, const std::string& part) {
  if (name == "signatures") return parse_signature(part).has_value();
  if (name == "reading_notes") return is_reading_text(part);
  if (name == "mail") return parse_mail_origin(part).has_value();
  return is_clean_text(part, remark_rule);
}

std::string signer_of(const Signature& signature) {
  const auto& name = signature.name ? signature.name : signature.organisation;
  std::string text = name.value_or("");
  if (signature.email)
    text += text.empty() ? *signature.email : std::string(" <").append(*signature.email).append(">");
  if (signature.name && signature.organisation && signature.organisation != signature.name)
    text.append(", ").append(*signature.organisation);
  return text;
}

std::vector<std::string> document_notes(const Judgement& judgement) {
  std::vector<std::string> notes = judgement.notes;
  std::erase_if(notes, [&](const std::string& note) {
    return std::any_of(judgement.signatures.begin(), judgement.signatures.end(), [&](const Signature& one) {
      return std::find(one.notes.begin(), one.notes.end(), note) != one.notes.end();
    });
  });
  return notes;
}

std::string readable(std::string_view name, const std::string& part) {
  Words words;
  if (name == "signatures") {
    const Signature signature = as_recorded(parse_signature(part));
    for (const auto& word : {signature.name, signature.email, signature.organisation, signature.issuer})
      words.add(word);
    for (const std::string& note : signature.notes) words.add(note);
  } else if (name == "mail") {
    const MailOrigin mail = as_recorded(parse_mail_origin(part));
    words.add(mail.from);
    words.add(mail.message_id);
    if (mail.document) words.add(mail.document->name);
  } else {
    words.add(part);
  }
  return std::move(words).take();
}

}  // namespace covenant
