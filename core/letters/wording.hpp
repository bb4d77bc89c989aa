#pragma once

#include <string_view>

#include "core/site/catalogue.hpp"

namespace covenant::wording {

// The messages of letters and of what is attached to them. Where a name and a value meet, the value comes
// after a colon or is free: it never has an ending, nor a preposition that governs a case.

// Subjects.

// TRANSLATORS: subject of the letter with the statement. {id} is the partner's number, as in AP-0031, kept in
// square brackets at the end: replies are found by it. At most 68 characters with it.
inline constexpr std::string_view statement_subject = translatable("Commitment statement to sign [{id}]");
// TRANSLATORS: subject. No exclamation mark.
inline constexpr std::string_view welcome_subject = translatable("Welcome as an Associated Partner [{id}]");
// TRANSLATORS: subject of a refusal: neutral, the answer is not in the subject.
inline constexpr std::string_view refusal_subject =
    translatable("Your application as an Associated Partner [{id}]");
// TRANSLATORS: subject of the letter about an ending, whoever ended it.
inline constexpr std::string_view ending_subject = translatable("End of the partnership [{id}]");
// TRANSLATORS: subject. Polite form.
inline constexpr std::string_view renewal_subject = translatable("Please confirm your partnership [{id}]");
// TRANSLATORS: subject. First word = a reminder (noun).
inline constexpr std::string_view reminder_subject =
    translatable("Reminder: commitment statement to sign [{id}]");
// TRANSLATORS: subject of the request for good practices and tools.
inline constexpr std::string_view practices_subject = translatable("Your practices and tools [{id}]");

// What every letter has.

// TRANSLATORS: fixed greeting without a name, which would need gender or the vocative; the name is in the
// address lines above. Punctuation as the language has it.
inline constexpr std::string_view greeting = translatable("Dear Sir or Madam,");
// TRANSLATORS: above the name of the Office. Punctuation as the language has it.
inline constexpr std::string_view closing = translatable("With kind regards,");
// TRANSLATORS: last paragraph of every letter, small. Names of the Supervisor and of the Regulation as in
// EUR-Lex. {email} is free, never with an ending.
inline constexpr std::string_view privacy = translatable(
    "We hold the contact person’s name, function, e-mail address and telephone number in order to run the "
    "register of Associated Partners; we do not publish them. You can have them changed or erased at any "
    "time by writing to {email}, and you may complain to the European Data Protection Supervisor. Regulation "
    "(EU) 2018/1725 applies.");

// Of the statement, and how to sign it.

// TRANSLATORS: first paragraph of the letter with the statement. “It” = the application.
inline constexpr std::string_view meets_criteria =
    translatable("Thank you for your application. It meets the criteria for Associated Partners.");
// TRANSLATORS: the day of receipt is what counts in the scheme.
inline constexpr std::string_view please_sign = translatable(
    "Please have the attached commitment statement signed by a person who may sign for your organisation, "
    "and send it back in reply to this message. Your organisation becomes an Associated Partner on the day "
    "we receive it.");
// TRANSLATORS: heading, in the letter and at the foot of the statement.
inline constexpr std::string_view how_to_sign = translatable("How to sign and return");
// TRANSLATORS: keep PAdES, ASiC-E, S/MIME. Electronic seal = the term of Regulation (EU) No 910/2014 (eIDAS).
inline constexpr std::string_view sign_electronically = translatable(
    "Electronically: sign the PDF itself (PAdES), put it in a signed container (ASiC-E) or send it in a "
    "signed e-mail (S/MIME). An electronic seal is also accepted.");
// TRANSLATORS: second way to sign.
inline constexpr std::string_view sign_by_hand =
    translatable("By hand: print the page, sign it in ink, scan it as a PDF.");
// TRANSLATORS: “It” = the signed statement. {email} and {id} never with an ending.
inline constexpr std::string_view send_it_to =
    translatable("Send it to {email}, in reply to our message or with {id} in the subject.");

// Of the welcome.

// TRANSLATORS: first paragraph of the welcome.
inline constexpr std::string_view now_a_partner = translatable(
    "We have received your signed commitment statement. Your organisation is now officially an Associated "
    "Partner of the Covenant of Mayors. Thank you for joining.");
// TRANSLATORS: a sentence of its own, or before the next one.
inline constexpr std::string_view certificate_attached = translatable("Your certificate is attached.");
// TRANSLATORS: a web address follows on a line of its own.
inline constexpr std::string_view on_the_list =
    translatable("Your organisation is on the public list, with a link to its website:");
// TRANSLATORS: in the welcome and in the request to confirm.
inline constexpr std::string_view tell_us_of_changes =
    translatable("Please tell us when anything changes, above all the contact person.");
// TRANSLATORS: a fact line, in letters and on the certificate. {date} in the nominative, as the calendar
// writes it.
inline constexpr std::string_view start_of_partnership = translatable("Start of partnership: {date}");
// TRANSLATORS: a fact line in the letter about an ending.
inline constexpr std::string_view end_of_partnership = translatable("End of partnership: {date}");
// TRANSLATORS: a fact line. {reason} is one of the eight reasons below, so with a small letter where the
// language allows it.
inline constexpr std::string_view reason = translatable("Reason: {reason}");

// Of a refusal, and the criteria that it lists.

// TRANSLATORS: a list of the criteria that are not met follows.
inline constexpr std::string_view not_met = translatable(
    "Thank you for your interest in the Covenant of Mayors. We have checked your application and cannot "
    "accept it at present, because the following is not met:");
// TRANSLATORS: criterion, an item of the list in a refusal: a noun phrase, so that “not met” applies to it.
// No full stop.
inline constexpr std::string_view criterion_membership =
    translatable("Membership: an organisation made up of members");
// TRANSLATORS: criterion, as above.
inline constexpr std::string_view criterion_scope = translatable("Scope: European or international level");
// TRANSLATORS: criterion, as above. “Other bodies” = the fourth category, as in the official wording.
inline constexpr std::string_view criterion_category =
    translatable("Category: at least one of the four; for other bodies, their energy expertise as well");
// TRANSLATORS: criterion, as above.
inline constexpr std::string_view criterion_contact =
    translatable("Contact: a contact person with a valid e-mail address");
// TRANSLATORS: criterion, as above.
inline constexpr std::string_view criterion_website = translatable("Website: a valid web address");
// TRANSLATORS: what can be done after a refusal.
inline constexpr std::string_view what_to_do =
    translatable("You can reply with what is missing, or apply again at any time once the criteria are met.");
// TRANSLATORS: in a refusal and in an ending that the Commission decided.
inline constexpr std::string_view mistaken =
    translatable("If you think we are mistaken, please tell us why. We will look at it again.");

// Of an ending, and its reasons.

// TRANSLATORS: first paragraph of the letter about an ending.
inline constexpr std::string_view no_longer_a_partner =
    translatable("Your organisation is no longer an Associated Partner of the Covenant of Mayors.");
// TRANSLATORS: first paragraph instead, when the organisation withdrew before it ever joined.
inline constexpr std::string_view application_closed = translatable("Your application has been closed.");
// TRANSLATORS: reason, after “Reason:”.
inline constexpr std::string_view commission_decision = translatable("decision of the European Commission");
// TRANSLATORS: reason.
inline constexpr std::string_view no_longer_eligible = translatable("criteria no longer met");
// TRANSLATORS: reason. The two commitments of the statement.
inline constexpr std::string_view commitments_not_met = translatable("commitments not met");
// TRANSLATORS: reason.
inline constexpr std::string_view inactive = translatable("no activity");
// TRANSLATORS: reason.
inline constexpr std::string_view ceased = translatable("organisation ceased to exist");
// TRANSLATORS: reason.
inline constexpr std::string_view merged = translatable("merger with another organisation");
// TRANSLATORS: reason: the registration was a mistake of the Office.
inline constexpr std::string_view entered_in_error = translatable("entered by mistake");
// TRANSLATORS: reason: the organisation left.
inline constexpr std::string_view own_decision = translatable("the organisation’s own decision");
// TRANSLATORS: “It” = the organisation.
inline constexpr std::string_view off_the_list = translatable(
    "Your organisation has been taken off the public list, and the certificate is no longer valid. It can "
    "apply again at any time.");

// Of the request to confirm.

// TRANSLATORS: request to confirm.
inline constexpr std::string_view please_confirm = translatable(
    "Please confirm that your organisation wishes to remain an Associated Partner. A short reply to this "
    "message is enough.");
// TRANSLATORS: a list follows: name, website, country, category, description, practices. “It” = the
// organisation.
inline constexpr std::string_view what_we_publish =
    translatable("This is what we publish about it. Please correct what is out of date:");

// Of a reminder.

// TRANSLATORS: reminder.
inline constexpr std::string_view not_yet_received =
    translatable("We have not yet received your signed commitment statement. It is attached once more.");
// TRANSLATORS: reminder. “It” = the statement.
inline constexpr std::string_view sent_already =
    translatable("If you have sent it already, or no longer wish to join, a short reply is enough.");

// Of the request for practices.

// TRANSLATORS: request for practices.
inline constexpr std::string_view undertaken_to_share = translatable(
    "As an Associated Partner, your organisation has undertaken to share good practices and tools with the "
    "Covenant signatories. Which of them may we show on the website?");
// TRANSLATORS: one practice or tool per line.
inline constexpr std::string_view one_per_line =
    translatable("Please reply with a title and, if there is one, a web address, one per line.");

// Of the statement itself.

// TRANSLATORS: title of the paper to sign. The term of the Covenant’s own site.
inline constexpr std::string_view commitment_statement = translatable("Commitment statement");
// TRANSLATORS: under the title of the statement, and under the name on the certificate.
inline constexpr std::string_view associated_partner_of_the_covenant =
    translatable("Associated Partner of the Covenant of Mayors");
// TRANSLATORS: label above the name of the organisation.
inline constexpr std::string_view organisation = translatable("Organisation");
// TRANSLATORS: official wording of the scheme; two items follow.
inline constexpr std::string_view voluntary_commitment = translatable(
    "Associated Partners voluntarily commit to creating synergies with Covenant of Mayors actors. More "
    "particularly, they undertake to:");
// TRANSLATORS: official wording, first commitment. No full stop: it is an item.
inline constexpr std::string_view first_commitment = translatable(
    "Designate a contact person to act as an interface with the European Commission and Covenant of Mayors "
    "Office");
// TRANSLATORS: official wording, second commitment. No full stop.
inline constexpr std::string_view second_commitment = translatable(
    "Share information about good practices and/or tools of use to the Covenant Signatories in delivering "
    "their commitments");
// TRANSLATORS: official wording.
inline constexpr std::string_view right_to_end = translatable(
    "The European Commission reserves the right to end the Associated Partner’s involvement in the Covenant "
    "at any time when it deems necessary.");
// TRANSLATORS: the three benefits of the scheme, in one sentence.
inline constexpr std::string_view meaning_of_recognition = translatable(
    "Recognition means that the organisation is officially recognised as an Associated Partner, is listed on "
    "the Covenant website with a link to its own, and can present its practices and tools to the Covenant "
    "signatories.");
// TRANSLATORS: directly above the fields to fill in.
inline constexpr std::string_view by_signing = translatable(
    "By signing, the organisation makes these commitments. The person signing is entitled to act on its "
    "behalf.");
// TRANSLATORS: label of a field: the person who signs.
inline constexpr std::string_view name = translatable("Name");
// TRANSLATORS: label of a field: the function of the person who signs (post held).
inline constexpr std::string_view function = translatable("Function");
// TRANSLATORS: label of a field: town and day of signature.
inline constexpr std::string_view place_and_date = translatable("Place and date");
// TRANSLATORS: label of the large field.
inline constexpr std::string_view signature = translatable("Signature or electronic seal");
// TRANSLATORS: the label of the text in which an organisation describes what it is
inline constexpr std::string_view description = translatable("Description");

}  // namespace covenant::wording
