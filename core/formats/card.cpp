#include "core/formats/card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/documents/judgement.hpp"
#include "core/formats/documents.hpp"
#include "core/formats/style.hpp"
#include "core/model/criteria.hpp"
#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t text_column = 16;
/// Where what follows "Missing:" begins.
constexpr std::size_t step_column = 10;

std::string words_of(std::string_view code) {
  std::string words(code);
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

class Card {
 public:
  Card(const PartnerSheet& sheet, const CardFacts& facts, const TableLook& look)
      : sheet_(sheet),
        partner_(sheet.partner),
        form_(sheet.partner.application),
        facts_(facts),
        look_(look) {}

  std::string write() {
    head();
    out_ += "\n";
    form();
    findings();
    dealings();
    steps();
    return std::move(out_);
  }

 private:
  bool is_coloured() const { return look_.color == Color::ansi; }
  std::string id() const { return partner_.id.str(); }

  /// Appends a text behind what the line already has; its further lines begin at the same column. The style
  /// is that of every line, or of the first `styled` bytes.
  void append_text(std::string_view text, std::size_t column, std::string_view style = {},
                   std::size_t styled = std::string_view::npos) {
    bool is_first = true;
    const auto append_line = [&](std::string_view line) {
      if (!is_first) out_.append(column, ' ');
      const std::size_t end =
          is_first || styled == std::string_view::npos ? std::min(styled, line.size()) : 0;
      is_first = false;
      append_styled(out_, line.substr(0, end), is_coloured() && end > 0 ? style : std::string_view());
      out_.append(line.substr(end)).append("\n");
    };
    for (;;) {
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      const std::string shown = for_terminal(line);
      if (look_.width == 0 || shown.empty()) {
        append_line(shown);
      } else {
        constexpr std::size_t narrowest = 20;
        const std::size_t room = look_.width - std::min(look_.width, column);
        for (const std::string& part : wrapped(shown, std::max(room, narrowest))) append_line(part);
      }
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + 1);
    }
  }

  void field(std::string_view label, std::string_view text) {
    if (text.empty()) return;
    out_ += fmt::format("{:{}}{:<{}}", "", indent, label, text_column - indent);
    append_text(text, text_column);
  }

  void field(std::string_view label, Field name) { field(label, field_text(form_, name)); }

  void head() {
    const std::size_t column = id().size() + 2;
    append_styled(out_, id(), is_coloured() ? style_of_heading : std::string_view());
    out_ += "  ";
    append_text(form_.name.str(), column, style_of_heading);
    out_.append(column, ' ');
    const std::string_view status = code_of(partner_.status);
    append_text(std::string(status) + status_line(), column, style_of(partner_.status), status.size());
  }

  bool was_sent(LetterKind kind) const {
    return std::any_of(sheet_.letters.begin(), sheet_.letters.end(), [&](const Letter& letter) {
      return letter.kind == kind && (!partner_.verified_on || letter.on >= *partner_.verified_on);
    });
  }

  /// What is said behind the status.
  std::string status_line() const {
    const auto since = [&] {
      return partner_.verified_on ? fmt::format(" since {}", partner_.verified_on->str()) : std::string();
    };
    switch (partner_.status) {
      case Status::applied:
        return fmt::format(" on {}", form_.applied_on.str());
      case Status::eligible:
        return since() + (was_sent(LetterKind::statement) ? ", statement sent" : ", statement not sent");
      case Status::ineligible:
        return since() + (was_sent(LetterKind::refusal) ? ", refusal sent" : ", refusal not sent");
      case Status::approved:
        return listed_line();
      case Status::revoked:
      case Status::withdrawn:
        break;
    }
    return ended_line();
  }

  std::string listed_line() const {
    std::string text;
    if (partner_.partner_since) text = fmt::format(", partner since {}", partner_.partner_since->str());
    if (partner_.approved_on && partner_.approved_on != partner_.partner_since)
      text += fmt::format(", joined again on {}", partner_.approved_on->str());
    if (partner_.renewed_on) text += fmt::format(", renewed on {}", partner_.renewed_on->str());
    return text;
  }

  std::string ended_line() const {
    std::string text = partner_.ended_on ? fmt::format(" on {}", partner_.ended_on->str()) : "";
    if (partner_.end_reason) text += ": " + words_of(code_of(*partner_.end_reason));
    if (partner_.successor) {
      text += " into " + partner_.successor->str();
      if (facts_.successor) text += fmt::format(" ({})", facts_.successor->str());
    }
    return text;
  }

  void form() {
    field("reference", "reference"_field);
    for (const FormerName& former : facts_.former_names)
      field("former name", fmt::format("{} (until {})", former.name.str(), former.until.str()));
    field("acronym", "acronym"_field);
    std::vector<std::string> categories;
    for (const Category category : form_.categories.list()) categories.emplace_back(code_of(category));
    field("categories", joined(categories, ", "));
    std::string level(code_of(form_.level));
    if (form_.member_count) {
      const std::string count = field_text(form_, "member_count"_field);
      level += fmt::format(", {} member{}", count, count == "1" ? "" : "s");
    }
    field("level", level);
    field("membership", "membership_based"_field);
    const std::string city = field_text(form_, "city"_field);
    field("country", field_text(form_, "country"_field) + (city.empty() ? "" : ", " + city));
    field("website", "website"_field);
    field("description", "description"_field);
    field("expertise", "expertise"_field);
    field("practices", "practices"_field);
    const std::string language = field_text(form_, "language"_field);
    if (language != "en") field("language", language);
  }

  void findings() {
    if (!sheet_.verification) return;
    const Findings& findings = sheet_.verification->findings;
    std::vector<std::string> failed;
    std::vector<std::string> passed;
    std::vector<std::string> by_person;
    for (std::size_t i = 0; i < criterion_count; ++i) {
      const std::string code(code_of(static_cast<Criterion>(i)));
      (findings[i].verdict == Verdict::pass ? passed : failed).push_back(code);
      if (findings[i].by_person) by_person.push_back(code);
    }
    std::string text;
    if (failed.empty()) {
      text = "all pass";
    } else {
      text = "fail: " + joined(failed, ", ");
      if (!passed.empty()) text += "; pass: " + joined(passed, ", ");
    }
    std::vector<std::string> sources;
    sources.reserve(sheet_.verification->sources.size());
    for (const Remark& source : sheet_.verification->sources) sources.push_back(source.str());
    const std::string source = joined(sources, "; ");
    if (by_person.empty()) {
      field("findings", text);
      field("source", source);
    } else {
      text += fmt::format("; {} by {}", joined(by_person, ", "), facts_.verifier);
      field("findings", source.empty() ? text : fmt::format("{}: {}", text, source));
    }
  }

  void dealings() {
    const bool is_over = partner_.status == Status::revoked || partner_.status == Status::withdrawn;
    if (is_over && partner_.approved_on) field("joined", partner_.approved_on->str());
    if (partner_.end_note) field("end note", partner_.end_note->str());
    field("contact", contact());
    for (const Commitment& commitment : sheet_.commitments) {
      field(commitment.kind == CommitmentKind::renewal ? "renewal" : "commitment", described(commitment));
    }
    for (std::size_t i = 0; i < sheet_.documents.size(); ++i) {
      if (sheet_.documents[i].use == DocumentUse::document)
        field("document", described(i + 1, sheet_.documents[i]));
    }
    for (const Letter& letter : sheet_.letters) {
      field("letter", fmt::format("{} {} to {}", letter.on.str(), code_of(letter.kind),
                                  letter.recipient ? letter.recipient->str() : "erased"));
    }
    for (const PartnerNote& note : sheet_.notes) {
      field("note",
            fmt::format("{} {}: {}", note.on.str(), note.actor, note.text ? note.text->str() : "erased"));
    }
  }

  std::string contact() const {
    if (!form_.contact)
      return partner_.contact_erased_on ? fmt::format("erased on {}", partner_.contact_erased_on->str()) : "";
    std::vector<std::string> parts;
    for (const Field name :
         {"contact_name"_field, "contact_role"_field, "contact_email"_field, "contact_phone"_field}) {
      std::string text = field_text(form_, name);
      if (!text.empty()) parts.push_back(std::move(text));
    }
    return joined(parts, ", ");
  }

  bool is_erased(const Document& document) const {
    return std::any_of(sheet_.documents.begin(), sheet_.documents.end(), [&](const KeptDocument& kept) {
      return kept.is_erased && kept.document.sha256 == document.sha256;
    });
  }

  /// What was found in a document: a line of the verdict, and one for each signature where they are several.
  static std::string described(const Judgement& judgement) {
    std::string text = fmt::format("\n{}", code_of(judgement.verdict));
    std::vector<std::string> parts;
    if (judgement.unread) parts.push_back("not read: " + judgement.unread->str());
    if (judgement.accept_invalid) parts.push_back("accepted: " + judgement.accept_invalid->str());
    if (judgement.signatures.size() == 1) {
      const Signature& signature = judgement.signatures.front();
      parts.insert(parts.begin(),
                   known(signer_of(signature)) + (signature.country ? ", " + *signature.country : ""));
      parts.insert(parts.end(), signature.notes.begin(), signature.notes.end());
    }
    const std::vector<std::string> notes = document_notes(judgement);
    parts.insert(parts.end(), notes.begin(), notes.end());
    if (!parts.empty()) text += ": " + joined(parts, "; ");
    if (judgement.signatures.size() > 1) {
      for (const Signature& signature : judgement.signatures) {
        text += fmt::format("\nsignature of {}: {}", known(signer_of(signature)), code_of(signature.verdict));
        if (!signature.notes.empty()) text += "; " + joined(signature.notes, "; ");
      }
    }
    if (judgement.mail && judgement.mail->from) text += fmt::format("\nfrom {}", *judgement.mail->from);
    return text;
  }

  static std::string known(const std::string& signer) {
    return signer.empty() ? "somebody whom its certificate does not name" : signer;
  }

  std::string described(const Commitment& commitment) const {
    std::string text = "received " + commitment.received_on.str();
    if (commitment.annulment) text += ", " + words_of(code_of(*commitment.annulment));
    if (commitment.signed_on) text += ", signed " + commitment.signed_on->str();
    if (commitment.signed_by)
      text += fmt::format("{} by {}", commitment.signed_on ? "" : ", signed", commitment.signed_by->str());
    if (!commitment.document) {
      return text + ", without a document: " +
             (commitment.exception ? commitment.exception->str() : std::string("erased"));
    }
    const Document& document = *commitment.document;
    return fmt::format("{}, {} ({}){}{}\n{}", text, document.name ? document.name->str() : "name erased",
                       name_of_type(document.type), is_erased(document) ? ", erased" : "",
                       commitment.judgement ? described(*commitment.judgement) : "", document.sha256);
  }

  static std::string described(std::size_t number, const KeptDocument& kept) {
    const Document& document = kept.document;
    std::string text =
        fmt::format("{}, added {}, {} ({})", number, kept.day.str(),
                    document.name ? document.name->str() : "name erased", name_of_type(document.type));
    if (kept.is_erased) text += ", erased";
    if (kept.is_annulled) text += ", annulled";
    text += "\n" + document.sha256;
    return kept.note ? text + "\n" + kept.note->str() : text;
  }

  void steps() {
    out_ += "\n";
    std::size_t width = 0;
    for (const Missing& each : facts_.missing) width = std::max(width, each.what.size());
    std::string_view label = "Missing:";
    for (const Missing& each : facts_.missing) {
      std::string line = fmt::format("{:<{}}{:<{}}  {}", label, step_column, each.what, width, each.command);
      out_.append(line.erase(line.find_last_not_of(' ') + 1)).append("\n");
      label = "";
    }
    out_ += fmt::format("{:<{}}{}\n", "Next:", step_column, facts_.next);
  }

  const PartnerSheet& sheet_;
  const Partner& partner_;
  const Application& form_;
  const CardFacts& facts_;
  const TableLook& look_;
  std::string out_;
};

}  // namespace

std::string card_as_text(const PartnerSheet& sheet, const CardFacts& facts, const TableLook& look) {
  return Card(sheet, facts, look).write();
}

}  // namespace covenant
