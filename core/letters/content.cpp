#include "core/letters/content.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/letters/message.hpp"
#include "core/letters/wording.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/locale.hpp"

namespace covenant {

namespace {

/// By kind; a circular has none.
constexpr std::array<std::string_view, code_count<LetterKind> - 1> subjects = {
    wording::statement_subject, wording::welcome_subject,  wording::refusal_subject,  wording::ending_subject,
    wording::renewal_subject,   wording::reminder_subject, wording::practices_subject};

constexpr std::array<std::string_view, criterion_count> criteria = {
    wording::criterion_membership, wording::criterion_scope, wording::criterion_category,
    wording::criterion_contact, wording::criterion_website};

constexpr std::array<std::string_view, code_count<EndReason>> reasons = {wording::commission_decision,
                                                                         wording::no_longer_eligible,
                                                                         wording::commitments_not_met,
                                                                         wording::inactive,
                                                                         wording::ceased,
                                                                         wording::merged,
                                                                         wording::entered_in_error};

template <std::size_t size, class Code>
std::string_view of(const std::array<std::string_view, size>& texts, Code code) {
  return texts[static_cast<std::size_t>(code)];
}

/// Each line of a text.
std::vector<LetterLine> lines_of(std::string_view text) {
  std::vector<LetterLine> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back({std::string(line)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// What never was a partnership does not end: an application that was closed, a joining entered in error.
bool ends_partnership(const LetterMatter& matter) {
  return matter.ended == Status::approved && !was_only_an_error(matter.partner);
}

/// Puts the blocks of a letter together.
class Content {
 public:
  explicit Content(const LetterMatter& matter)
      : matter_(matter),
        application_(matter.partner.application),
        catalogue_(Catalogue::of(matter.language)),
        locale_(matter.language, matter.kosovo) {}

  std::vector<LetterBlock> blocks() && {
    switch (matter_.kind) {
      case LetterKind::statement:
        say(wording::meets_criteria);
        say(wording::please_sign);
        add_how_to_sign();
        break;
      case LetterKind::reminder:
        say(wording::not_yet_received);
        say(wording::sent_already);
        add_how_to_sign();
        break;
      case LetterKind::welcome:
        add_welcome();
        break;
      case LetterKind::refusal:
        add_refusal();
        break;
      case LetterKind::ending:
        add_ending();
        break;
      case LetterKind::renewal:
        say(wording::please_confirm);
        say(wording::what_we_publish);
        add_rows();
        say(wording::tell_us_of_changes);
        break;
      case LetterKind::practices:
        say(wording::undertaken_to_share);
        say(wording::one_per_line);
        break;
      case LetterKind::circular:
        break;
    }
    return std::move(blocks_);
  }

 private:
  std::string text(std::string_view english) const { return std::string(catalogue_.text(english)); }
  void say(std::string_view english) { blocks_.push_back({.paragraph = text(english)}); }
  std::string fact(std::string_view english, std::string_view placeholder, std::string_view value) const {
    return filled(catalogue_.text(english), placeholder, value);
  }

  void add_how_to_sign() {
    blocks_.push_back({.heading = text(wording::how_to_sign)});
    blocks_.push_back({.items = {text(wording::sign_electronically), text(wording::sign_by_hand)}});
  }

  void add_welcome() {
    say(wording::now_a_partner);
    const Date day = matter_.partner.approved_on.value();
    blocks_.push_back({.facts = {fact(wording::start_of_partnership, "date", locale_.long_date(day))}});
    // Where the address of its page is not known, the list leads to the partner's website all the same.
    const std::string website = application_.website ? application_.website->str() : std::string();
    const std::string link = matter_.page.value_or(website);
    if (link.empty()) {
      say(wording::certificate_attached);
    } else {
      blocks_.push_back(
          {.paragraph = text(wording::certificate_attached) + " " + text(wording::on_the_list)});
      blocks_.push_back({.link = link});
    }
    say(wording::tell_us_of_changes);
  }

  void add_refusal() {
    say(wording::not_met);
    LetterBlock list;
    for (const Criterion criterion : matter_.failed) list.items.push_back(text(of(criteria, criterion)));
    blocks_.push_back(std::move(list));
    say(wording::what_to_do);
    say(wording::mistaken);
  }

  void add_ending() {
    const Partner& partner = matter_.partner;
    const bool was_partner = ends_partnership(matter_);
    say(was_partner ? wording::no_longer_a_partner : wording::application_closed);
    LetterBlock box;
    if (was_partner && partner.ended_on)
      box.facts.push_back(fact(wording::end_of_partnership, "date", locale_.long_date(*partner.ended_on)));
    const std::string_view reason =
        partner.end_reason ? of(reasons, *partner.end_reason) : wording::own_decision;
    box.facts.push_back(fact(wording::reason, "reason", catalogue_.text(reason)));
    blocks_.push_back(std::move(box));
    if (was_partner) say(wording::off_the_list);
    if (partner.end_reason) say(wording::mistaken);
  }

  void add_rows() {
    std::string name = application_.name.str();
    if (application_.acronym) name.append(" (").append(application_.acronym->str()).append(")");
    std::string seat(locale_.country_name(application_.country));
    if (application_.city) seat.insert(0, application_.city->str() + ", ");
    std::string categories;
    for (const Category category : application_.categories.list())
      categories.append(categories.empty() ? "" : "; ").append(short_name(catalogue_, category));
    add_row(wording::organisation, {{std::move(name)}}, own_language());
    add_row("Country", {{std::move(seat)}});
    add_row("Category", {{std::move(categories)}});
    add_row("Level", {{std::string(level_name(catalogue_, application_.level))}});
    if (application_.member_count)
      add_row("Members", {{locale_.number(static_cast<std::uint64_t>(application_.member_count->number()))}});
    if (application_.website)
      add_row("Website", {{application_.website->str(), application_.website->str()}});
    if (application_.description)
      add_row(wording::description, lines_of(application_.description->str()), own_language());
    if (application_.expertise)
      add_row("Energy expertise", lines_of(application_.expertise->str()), own_language());
    std::vector<LetterLine> practices;
    for (const Practice& practice : application_.practices)
      practices.push_back({practice.title(), practice.url() ? practice.url()->str() : std::string()});
    if (!practices.empty()) add_row("Practices and tools", std::move(practices), own_language());
    blocks_.push_back(std::move(table_));
  }

  void add_row(std::string_view label, std::vector<LetterLine> lines, std::string_view language = {}) {
    table_.rows.push_back({catalogue_.text(label), std::move(lines), language});
  }

  /// Of the partner's texts, where it is not the letter's.
  std::string_view own_language() const {
    const std::string_view language = published_tag(application_.language.str());
    const bool is_same = language == catalogue_.tag() || language == code_of(matter_.language);
    return is_same ? std::string_view() : language;
  }

  const LetterMatter& matter_;
  const Application& application_;
  const Catalogue& catalogue_;
  Locale locale_;
  std::vector<LetterBlock> blocks_;
  LetterBlock table_;
};

}  // namespace

std::string letter_subject(const LetterMatter& matter) {
  const Catalogue& catalogue = Catalogue::of(matter.language);
  const std::string id = matter.partner.id.str();
  if (matter.kind == LetterKind::circular)
    return std::string(catalogue.text("Covenant of Mayors")).append(" [").append(id).append("]");
  const bool is_of_applicant = matter.kind == LetterKind::ending && !ends_partnership(matter);
  const std::string_view subject = is_of_applicant ? wording::refusal_subject : of(subjects, matter.kind);
  return filled(catalogue.text(subject), "id", id);
}

bool needs_kosovo_footnote(const LetterMatter& matter) {
  const bool names_country = matter.kind == LetterKind::renewal;
  return names_country && matter.kosovo == KosovoName::with_footnote &&
         matter.partner.application.country.is_kosovo();
}

std::vector<LetterBlock> letter_blocks(const LetterMatter& matter) {
  return Content(matter).blocks();
}

}  // namespace covenant
