#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/letters/letter.hpp"
#include "core/letters/mime.hpp"
#include "core/letters/office.hpp"
#include "core/letters/paper.hpp"
#include "core/model/date.hpp"
#include "core/model/deed.hpp"
#include "core/model/language.hpp"
#include "core/model/letter.hpp"
#include "core/model/partner.hpp"
#include "core/ops/outcome.hpp"
#include "core/site/page.hpp"
#include "core/store/database.hpp"
#include "core/template/template.hpp"

namespace covenant {

/// A template of letters, and the name of its file.
struct LetterLayout {
  Template layout;
  std::string file;
};

/// How the letters of one command are written.
struct LetterPlan {
  LetterKind kind;
  Office office;                             ///< with an e-mail address
  std::optional<OfficialLanguage> language;  ///< nothing: each partner's own, else English
  PageOptions site;                          ///< in which partners have pages
  std::shared_ptr<const LetterLayout> layout;
};

/// A letter that is ready to be sent, and what the history keeps of it.
struct ReadyLetter {
  Mail mail;
  Letter letter;
  Notes notes;  ///< characters of its document that no font has (`document`)
};

/// Whether letters of the kind bring a document: the statement to be signed, or the certificate.
bool brings_document(LetterKind kind);

/// The document that a letter of the plan's kind, which brings one, brings to that partner. Refused as
/// `record_letter` refuses the letter today.
Result<Paper, Problems> document_of_letter(Read& read, const Partner& partner, const LetterPlan& plan,
                                           Date today);

/// The language in which a partner is written to: its own if it is an official one, else English.
OfficialLanguage letter_language(const Partner& partner);

/// Writes a letter to the partner's contact, dated now. Refused as `record_letter` refuses it.
/// @throws Error{bad_input} when the template leaves it without text
Result<ReadyLetter, Problems> write_letter(Read& read, const Partner& partner, const LetterPlan& plan,
                                           const Deed& deed);

/// Records a letter that was written.
OutcomeResult record_letter(Write& write, const Partner& partner, const Letter& letter, const Deed& deed);

/// Records that a letter of that kind was sent otherwise to the partner's contact, on that day. Refused
/// (`status`, `rule`, `date`) when the kind does not fit the partner's status, when there is no contact, and
/// when the day is before what the letter is about.
OutcomeResult record_letter(Write& write, const Partner& partner, LetterKind kind, Date on, const Deed& deed);

}  // namespace covenant
