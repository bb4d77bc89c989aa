#include "core/ops/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "core/history/record.hpp"
#include "core/model/message_id.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// A partner and the statement of it that was answered.
struct Answered {
  Partner partner;
  std::int64_t application;
};

/// The statements that are answered, the one that is answered directly first, one a partner. Only a
/// Message-ID that the history has counts: it has bits that nobody can guess.
std::vector<Answered> find_answered(Read& read, const std::vector<std::string>& references) {
  std::vector<Answered> answered;
  for (const std::string& reference : references) {
    const auto id = MessageId::parse(reference);
    auto partner = id ? find_partner(read, id->partner()) : std::nullopt;
    if (!partner) continue;
    const std::vector<Letter> letters = find_letters(read, partner->id);
    const bool is_recorded = std::any_of(letters.begin(), letters.end(),
                                         [&](const Letter& letter) { return letter.message_id == *id; });
    const bool is_known = std::any_of(answered.begin(), answered.end(),
                                      [&](const Answered& other) { return other.partner.id == partner->id; });
    if (is_recorded && !is_known) answered.push_back({*std::move(partner), id->application()});
  }
  return answered;
}

/// The one partner whose id is in the text, if there is exactly one.
std::optional<Partner> find_named(Read& read, std::string_view text) {
  constexpr std::string_view prefix = "AP-";
  std::set<PartnerId> ids;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = at == 0 || !(is_letter(text[at - 1]) || is_digit(text[at - 1]));
    if (!begins || upper_case(text.substr(at, prefix.size())) != prefix) continue;
    std::size_t end = at + prefix.size();
    while (end < text.size() && is_digit(text[end])) ++end;
    if (const auto id = PartnerId::parse(text.substr(at, end - at))) ids.insert(*id);
  }
  return ids.size() == 1 ? find_partner(read, *ids.begin()) : std::nullopt;
}

bool is_from_contact(const Partner& partner, const EmailHeader& mail) {
  const auto& contact = partner.application.contact;
  return contact && mail.from && lower_case(*mail.from) == lower_case(contact->email.str());
}

Problem only_shown(const Partner& partner, std::string_view why) {
  return rule_refuses(
      partner,
      fmt::format("the e-mail {}; if it is the commitment of {}, {}, repeat the command "
                  "with {}",
                  why, partner.id.str(), in_quotes(partner.application.name.str()), partner.id.str()),
      "");
}

}  // namespace

std::variant<Partner, Problem> find_replied(Read& read, const EmailHeader& mail,
                                            const std::vector<std::string>& references) {
  std::vector<Answered> answered = find_answered(read, references);
  if (!answered.empty()) {
    Partner& partner = answered.front().partner;
    if (answered.size() > 1)
      return only_shown(partner, fmt::format("also answers a statement of {}", answered[1].partner.id.str()));
    const std::int64_t application = answered.front().application;
    const std::int64_t present = application_number(read, partner.id);
    if (application != present) {
      return rule_refuses(
          partner,
          fmt::format("{}: the e-mail answers the statement of application {}, and the present "
                      "one is {}; send a new statement",
                      partner.id.str(), application, present),
          "");
    }
    if (!is_from_contact(partner, mail)) return only_shown(partner, "is not from the contact person");
    return std::move(partner);
  }
  if (const auto named = find_named(read, mail.subject.value_or(""))) {
    return only_shown(*named,
                      is_from_contact(*named, mail)
                          ? "answers no recorded statement, though its subject names the partner"
                          : "answers no recorded statement and is not from the contact person, though "
                            "its subject names the partner");
  }
  return Problem::of(ProblemCode::partner, mail.subject.value_or(""),
                     "the e-mail answers no recorded statement, and its subject names no partner; name the "
                     "partner whose commitment it is",
                     "REF");
}

Notes notes_on_reply(Read& read, const Partner& partner, const std::string& name,
                     const std::vector<std::string>& references) {
  const std::vector<Answered> answered = find_answered(read, references);
  if (answered.empty()) return {};
  const Answered& first = answered.front();
  if (first.partner.id == partner.id && first.application == application_number(read, partner.id)) return {};
  return {Note::of(NoteCode::reader, name,
                   fmt::format("{} answers the statement of application {} of {}", in_quotes(name),
                               first.application, first.partner.id.str()),
                   "commitment")};
}

}  // namespace covenant
