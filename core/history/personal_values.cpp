#include "core/history/personal_values.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.hpp"
#include "core/history/event_record.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/event_table.hpp"
#include "core/text/folding.hpp"

namespace covenant {

namespace {

constexpr Place place_of(EventText text) {
  if (text == "description"_text) return Place::description;
  if (text == "expertise"_text) return Place::expertise;
  if (text == "practices"_text) return Place::practices;
  if (text == "sources"_text) return Place::source;
  if (text == "file_name"_text) return Place::file_name;
  if (text == "signed_by"_text) return Place::signature;
  if (text == "recipient"_text || text == "mail"_text) return Place::mail;
  if (text == "signatures"_text || text == "reading_notes"_text) return Place::signature;
  return Place::note;
}

std::string text_of(const Contact& contact) {
  std::string text = contact.name.str();
  if (contact.role) text.append(", ").append(contact.role->str());
  text.append(", ").append(contact.email.str());
  if (contact.phone) text.append(", ").append(contact.phone->str());
  return text;
}

/// Collects the values of one partner's events, in their order.
class Collection {
 public:
  Collection(Read& read, PartnerId partner) : read_(read), partner_(partner) {}

  std::vector<PersonalValue> collect() {
    EventCursor events(read_, {.partner = partner_, .since = std::nullopt, .before = std::nullopt});
    while (events.next()) visit(parse_event(events.event().body));
    find_commitment_in_force();
    for (PersonalValue& value : values_) value.at.is_current = value.at.is_current && is_current(value);
    return std::move(values_);
  }

 private:
  void visit(const EventRecord& event) {
    for (const auto& [field, digest] : event.sealed) {
      if (field != "texts") visit_sealed({event.seq, field});
    }
    if (event.of) return;  // what remains is of another event
    for (const EventText text : event.texts) note_setting(event.seq, text);
    if (event.commitment) commitments_.push_back(event.seq);
    if (event.further) further_.insert(event.seq);
    if (event.verification || ends_verification(event)) note_setting(event.seq, "sources"_text);
    if (event.version == 1) {
      visit_clear(event);
    } else if (!event.texts.empty()) {
      visit_texts(event.seq);
    }
  }

  /// A contact, or who signed.
  void visit_sealed(const SealedName& name) {
    const bool is_contact = name.field == "contact";
    if (is_contact) last_contact_ = name.seq;
    const auto value = find_sealed_value(read_, name.seq, name.field);
    if (!value) return;
    if (is_contact) {
      Contact contact = contact_from_json(*value);
      std::string text = text_of(contact);
      add(name.seq, Place::contact, std::move(text), name, std::nullopt);
      values_.back().contact = std::move(contact);
    } else {
      add(name.seq, Place::signature, *value, name, std::nullopt);
    }
  }

  void visit_texts(std::int64_t seq) {
    const auto sealed = find_texts(read_, seq);
    if (!sealed) return;
    for (const auto& [text, parts] : parse_texts(sealed->value)) {
      const bool names_nobody = text == "message_id"_text;
      if (!names_nobody) add_parts(seq, text, parts, SealedName{sealed->seq, "texts"});
    }
  }

  void visit_clear(const EventRecord& event) {
    const std::size_t first = values_.size();
    visit_columns(event.seq, event.old);
    for (std::size_t i = first; i < values_.size(); ++i) values_[i].at.is_current = false;
    visit_columns(event.seq, event.set);
    if (event.verification) {
      std::vector<std::string> sources;
      for (const Remark& source : event.verification->sources) sources.push_back(source.str());
      add_parts(event.seq, "sources"_text, sources, std::nullopt);
    }
    if (!event.commitment) return;
    const auto& document = event.commitment->document;
    const auto& exception = event.commitment->exception;
    if (document && document->name)
      add_parts(event.seq, "file_name"_text, {document->name->str()}, std::nullopt);
    if (exception) add_parts(event.seq, "exception"_text, {exception->str()}, std::nullopt);
  }

  void visit_columns(std::int64_t seq, const EventRecord::Values& values) {
    for (const auto& [column, value] : values) {
      const auto text = from_code<EventText>(code_of(column));
      if (!text) continue;
      note_setting(seq, *text);
      add_parts(seq, *text, parts_of(*text, value), std::nullopt);
    }
  }

  static std::vector<std::string> parts_of(EventText text, std::string_view value) {
    if (!is_list(text)) return {std::string(value)};
    std::vector<std::string> parts;
    while (!value.empty()) {
      const std::string_view part = value.substr(0, value.find('\n'));
      parts.emplace_back(part);
      value.remove_prefix(std::min(part.size() + 1, value.size()));
    }
    return parts;
  }

  void add_parts(std::int64_t seq, EventText text, const std::vector<std::string>& parts,
                 const std::optional<SealedName>& sealed) {
    for (const std::string& part : parts) {
      if (!part.empty())
        add(seq, place_of(text), is_of_judgement(text) ? readable(code_of(text), part) : part, sealed, text);
      if (!part.empty()) values_.back().part = static_cast<std::size_t>(&part - parts.data());
    }
  }

  void add(std::int64_t seq, Place place, std::string value, const std::optional<SealedName>& sealed,
           std::optional<EventText> text) {
    values_.push_back({.at = {partner_, place, seq, true, std::move(value)},
                       .sealed = sealed,
                       .text = text,
                       .part = 0,
                       .contact = std::nullopt});
  }

  /// From that event on, the text is what it says.
  void note_setting(std::int64_t seq, EventText text) {
    last_setting_.at(static_cast<std::size_t>(text)) = seq;
  }

  /// Of several that do not count, the last one.
  void find_commitment_in_force() {
    if (commitments_.empty()) return;
    last_commitment_ = commitments_.back();
    const std::vector<Commitment> rows = find_commitments(read_, partner_);
    const Commitment* const commitment = in_force(rows);
    if (commitment != nullptr && rows.size() == commitments_.size())
      last_commitment_ = commitments_[static_cast<std::size_t>(commitment - rows.data())];
  }

  static bool ends_verification(const EventRecord& event) {
    return find_value(event.old, "verified_on"_column) && !find_value(event.set, "verified_on"_column);
  }

  bool is_current(const PersonalValue& value) const {
    if (!value.text) return value.at.event == (value.contact ? last_contact_ : last_commitment_);
    if (further_.contains(value.at.event)) return true;
    if (value.text == "note"_text) return false;
    const bool is_set = column_of(*value.text) || value.text == "sources"_text;
    return value.at.event ==
           (!is_set ? last_commitment_ : last_setting_.at(static_cast<std::size_t>(*value.text)));
  }

  Read& read_;
  PartnerId partner_;
  std::vector<PersonalValue> values_;
  std::array<std::int64_t, event_text_count> last_setting_{};
  std::set<std::int64_t> further_;  // the events that added a document
  std::int64_t last_contact_ = 0;
  std::int64_t last_commitment_ = 0;       // the one in force
  std::vector<std::int64_t> commitments_;  // the events that brought one
};

/// Nobody could be found in what is not as it was written.
void demand_readable(const SealedCursor& sealed) {
  const std::string field = sealed.name().field;
  if (field == "contact") static_cast<void>(contact_from_json(sealed.value()));
  if (field == "texts") static_cast<void>(parse_texts(sealed.value()));
}

}  // namespace

std::vector<PersonalValue> find_personal_values(Read& read, PartnerId partner) {
  return Collection(read, partner).collect();
}

std::vector<PartnerId> find_partners_with_word(Read& read, const std::string& word) {
  const SearchTerm term(word);
  std::set<PartnerId> partners;
  const auto add_partner_of = [&](std::int64_t seq) {
    if (const auto partner = parse_event(event_body(read, seq)).partner) partners.insert(*partner);
  };
  SealedCursor sealed(read);
  while (sealed.next()) {
    demand_readable(sealed);
    if (term.is_in(sealed.value())) add_partner_of(sealed.name().seq);
  }
  EventCursor events(read, {});
  while (events.next()) {
    const std::string_view body = events.event().body;
    if (!body.ends_with(",\"v\":1}")) break;  // the version never decreases
    if (term.is_in(body)) add_partner_of(events.event().seq);
  }
  return {partners.begin(), partners.end()};
}

}  // namespace covenant
