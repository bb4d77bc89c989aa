#include "core/ops/letter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/history/record.hpp"
#include "core/letters/certificate.hpp"
#include "core/letters/statement.hpp"
#include "core/model/text.hpp"
#include "core/ops/evidence_rules.hpp"
#include "core/site/addresses.hpp"
#include "core/store/ending_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/public_list.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

std::optional<Problem> find_misfit(const Partner& partner, LetterKind kind) {
  if (fits(kind, partner.status)) return std::nullopt;
  return Problem::of(ProblemCode::status, code_of(partner.status),
                     fmt::format("{}: is {}, a letter of the kind '{}' needs {}", partner.id.str(),
                                 code_of(partner.status), code_of(kind), fitting_statuses(kind)));
}

/// A letter is sent on or after the day of what it is about.
std::optional<Problem> find_impossible_day(const Partner& partner, LetterKind kind, Date on) {
  if (kind != LetterKind::circular) {
    if (partner.status == Status::approved)
      return find_too_early("on", on, "the joining", partner.approved_on.value());
    if (partner.ended_on) return find_too_early("on", on, "the ending", *partner.ended_on);
  }
  return find_too_early("on", on, "the application", partner.application.applied_on);
}

std::optional<Problem> find_refusal(const Partner& partner, LetterKind kind, Date on) {
  if (auto misfit = find_misfit(partner, kind)) return misfit;
  if (!partner.application.contact) return without_contact(partner);
  return find_impossible_day(partner, kind, on);
}

std::vector<Criterion> failed_criteria(Read& read, PartnerId partner) {
  const auto verification = find_verification(read, partner);
  return verification ? failed(verification->findings) : std::vector<Criterion>();
}

OfficialLanguage language_for(const Partner& partner, const LetterPlan& plan) {
  return plan.language.value_or(letter_language(partner));
}

std::string page_of(const LetterPlan& plan, PartnerId partner, OfficialLanguage language) {
  const auto& languages = plan.site.languages;
  const bool is_published =
      languages.empty() || std::find(languages.begin(), languages.end(), language) != languages.end();
  const SiteFileOf page{.language = is_published ? language : leading_language(languages),
                        .partner = partner};
  return site_folder(plan.site.base_url) + site_path(SiteFile::partner_page, page);
}

LetterMatter matter_of(Read& read, const Partner& partner, const LetterPlan& plan) {
  LetterMatter matter{.kind = plan.kind, .language = language_for(partner, plan), .partner = partner};
  if (plan.kind == LetterKind::refusal) matter.failed = failed_criteria(read, partner.id);
  if (plan.kind == LetterKind::ending) matter.ended = find_ended_status(read, partner.id);
  matter.kosovo = plan.site.kosovo;
  if (plan.site.base_url && partner.status == Status::approved)
    matter.page = page_of(plan, partner.id, matter.language);
  return matter;
}

/// The letter that it follows, so that programs show both together.
std::optional<std::string> find_answered(Read& read, const Partner& partner, LetterKind kind) {
  const auto statement = kind == LetterKind::reminder ? find_statement_id(read, partner.id) : std::nullopt;
  return statement ? std::optional(statement->str()) : std::nullopt;
}

Paper paper_of(Read& read, const Partner& partner, const LetterPlan& plan) {
  PageOptions page = plan.site;
  page.language = language_for(partner, plan);
  if (plan.kind != LetterKind::welcome) return statement_texts(page, partner, plan.office);
  CertificateTexts texts;
  find_public_row(read, partner.id,
                  [&](const PublicTexts& listed) { texts = certificate_texts(page, listed); });
  return texts;
}

void attach_document(Read& read, const Partner& partner, const LetterPlan& plan, ReadyLetter& ready) {
  Pdf pdf = write_pdf(paper_of(read, partner, plan));
  const std::string_view name = plan.kind == LetterKind::welcome ? "certificate" : "commitment-statement";
  ready.mail.attachment =
      Enclosure{fmt::format("{}-{}.pdf", name, partner.id.str()), "application/pdf", std::move(pdf.bytes)};
  if (!pdf.missing.empty())
    ready.notes.push_back(Note::of(NoteCode::document, ready.mail.attachment->name,
                                   fmt::format("{}: {}", partner.id.str(), lacking_characters(pdf))));
}

}  // namespace

bool brings_document(LetterKind kind) {
  return kind == LetterKind::statement || kind == LetterKind::reminder || kind == LetterKind::welcome;
}

Result<Paper, Problems> document_of_letter(Read& read, const Partner& partner, const LetterPlan& plan,
                                           Date today) {
  if (auto refusal = find_refusal(partner, plan.kind, today)) return Problems{*std::move(refusal)};
  return paper_of(read, partner, plan);
}

OfficialLanguage letter_language(const Partner& partner) {
  const std::string& tag = partner.application.language.str();
  const auto language = from_code<OfficialLanguage>(tag.substr(0, tag.find('-')));
  return language.value_or(OfficialLanguage::en);
}

Result<ReadyLetter, Problems> write_letter(Read& read, const Partner& partner, const LetterPlan& plan,
                                           const Deed& deed) {
  if (auto refusal = find_refusal(partner, plan.kind, deed.today)) return Problems{*std::move(refusal)};
  constexpr std::size_t bytes_of_id = 16;
  const Contact& contact = *partner.application.contact;
  const Email& sender = plan.office.email.value();
  const LetterMatter matter = matter_of(read, partner, plan);
  LetterTexts texts = write_letter(matter, plan.office, plan.layout->layout, plan.layout->file);
  if (trimmed(texts.text).empty()) {
    throw Error(ErrorKind::bad_input,
                fmt::format("{}: the letter to {} has no text", plan.layout->file, partner.id.str()));
  }
  MessageId id(partner.id, application_number(read, partner.id), random_bytes(bytes_of_id), sender);
  Mail mail{.from = {office_name(plan.office, matter.language), sender},
            .to = {contact.name.str(), contact.email},
            .subject = std::move(texts.subject),
            .message_id = id.str(),
            .answers = find_answered(read, partner, plan.kind),
            .date = deed.at,
            .language = published_tag(matter.language),
            .text = std::move(texts.text),
            .html = std::move(texts.html)};
  if (plan.kind == LetterKind::circular) mail.unsubscribe_subject = "unsubscribe " + partner.id.str();
  Letter letter{plan.kind, deed.today, contact.email};
  if (asks_for_commitment(plan.kind)) letter.message_id = std::move(id);
  ReadyLetter ready{std::move(mail), std::move(letter), {}};
  if (brings_document(plan.kind)) attach_document(read, partner, plan, ready);
  return ready;
}

OutcomeResult record_letter(Write& write, const Partner& partner, const Letter& letter, const Deed& deed) {
  record(write, {.action = Action::letter, .before = &partner, .after = partner, .letter = &letter}, deed);
  return updated(partner, partner);
}

OutcomeResult record_letter(Write& write, const Partner& partner, LetterKind kind, Date on,
                            const Deed& deed) {
  if (auto refusal = find_refusal(partner, kind, on)) return refuse(*std::move(refusal));
  return record_letter(write, partner, Letter{kind, on, partner.application.contact->email}, deed);
}

}  // namespace covenant
