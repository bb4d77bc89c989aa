#include "core/ops/erase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/history/event_texts.hpp"
#include "core/history/record.hpp"
#include "core/ops/find_person.hpp"
#include "core/store/link_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/sealed_table.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

using Values = std::vector<PersonalValue>;
using Chosen = std::vector<const PersonalValue*>;

bool is_sealed(const PersonalValue& value) {
  return value.sealed.has_value();
}

/// The partner without those values, where they are in its fields.
Partner without(const Partner& partner, const Chosen& values) {
  std::array<std::optional<std::string>, column_count> owned;
  for (const Column column : all_columns) owned[index_of(column)] = column_text(partner, column);
  std::optional<Contact> contact = partner.application.contact;
  for (const PersonalValue* value : values) {
    if (!value->at.is_current) continue;
    if (value->contact) contact.reset();
    const auto column = value->text ? column_of(*value->text) : std::nullopt;
    if (!column) continue;
    auto& text = owned[index_of(*column)];
    if (!text || !is_list(*value->text)) {
      text.reset();
      continue;
    }
    std::string kept;
    for (std::string_view rest = *text; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (line != value->at.value) kept.append(kept.empty() ? "" : "\n").append(line);
    }
    text = kept.empty() ? std::nullopt : std::optional(kept);
  }
  ColumnTexts texts;
  std::copy(owned.begin(), owned.end(), texts.begin());
  return stored_partner(partner.id, texts, std::move(contact));
}

/// What is left of the texts of an event.
TextValues without(TextValues texts, const Chosen& values) {
  for (auto& [text, parts] : texts) {
    std::vector<std::string> kept;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto goes = [&, name = text](const PersonalValue* value) {
        return value->text == name && value->part == i;
      };
      if (std::none_of(values.begin(), values.end(), goes)) kept.push_back(std::move(parts[i]));
    }
    parts = std::move(kept);
  }
  // A text that the event emptied has no parts, or an empty one, which nobody erases.
  std::erase_if(texts, [&](const auto& text) {
    return text.second.empty() && std::any_of(values.begin(), values.end(), [&](const PersonalValue* value) {
             return value->text == text.first;
           });
  });
  return texts;
}

/// What one event erases, and what the partner's fields lose by it.
struct Erasure {
  std::vector<SealedName> names;
  std::optional<RemainingTexts> remaining;
  Chosen values;
};

/// Texts that remain are sealed again, which one event can do for the texts of one other.
std::vector<Erasure> plan(Read& read, const Chosen& values) {
  std::vector<Erasure> erasures(1);
  std::map<std::int64_t, Chosen> texts;  // by the event that sealed them
  for (const PersonalValue* value : values) {
    if (value->sealed->field == "texts") {
      texts[value->sealed->seq].push_back(value);
    } else {
      erasures.front().names.push_back(*value->sealed);
      erasures.front().values.push_back(value);
    }
  }
  for (auto& [seq, chosen] : texts) {
    const auto sealed = find_sealed_value(read, seq, "texts");
    TextValues remaining = without(parse_texts(sealed.value()), chosen);
    Erasure& erasure = remaining.empty() ? erasures.front() : erasures.emplace_back();
    if (!remaining.empty()) erasure.remaining = {chosen.front()->at.event, std::move(remaining)};
    erasure.names.push_back({seq, "texts"});
    std::move(chosen.begin(), chosen.end(), std::back_inserter(erasure.values));
  }
  if (erasures.front().names.empty()) erasures.erase(erasures.begin());
  for (Erasure& erasure : erasures) std::sort(erasure.names.begin(), erasure.names.end());
  return erasures;
}

/// Empties the fields, and erases what is sealed; what is in the clear stays in the history.
Partner erase_values(Write& write, const Partner& partner, const Values& values, const Deed& deed) {
  forget_practice_links(write, partner.id);
  Chosen sealed;
  Chosen clear;
  for (const PersonalValue& value : values) (value.sealed ? sealed : clear).push_back(&value);
  Partner before = partner;
  if (const Partner after = without(partner, clear); after != partner) {
    record(write, {.action = Action::update, .before = &before, .after = after}, deed);
    before = after;
  }
  for (const auto& [names, remaining, chosen] : plan(write, sealed)) {
    Partner after = without(before, chosen);
    if (before.application.contact && !after.application.contact) after.contact_erased_on = deed.today;
    record(write,
           {.action = Action::erase,
            .before = &before,
            .after = after,
            .erased = &names,
            .remaining = remaining ? &*remaining : nullptr},
           deed);
    before = after;
  }
  return before;
}

/// Something that was erased from a contact, to find elsewhere.
class ErasedTerm {
 public:
  explicit ErasedTerm(std::string text)
      : text_(std::move(text)), term_(text_), is_phone_(text_.starts_with('+')) {}

  const std::string& text() const { return text_; }
  bool is_in(std::string_view text) const {
    return is_phone_ ? term_.is_in(digits_joined(text)) : term_.is_in(text);
  }

 private:
  /// Without what people write between the digits of a telephone.
  static std::string digits_joined(std::string_view text) {
    constexpr std::string_view between = " .-/()";
    std::string joined;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t next = text.find_first_not_of(between, i);
      const bool is_inside = next != i && next != std::string_view::npos && is_digit(text[next]) &&
                             !joined.empty() && (is_digit(joined.back()) || joined.back() == '+');
      if (is_inside) i = next;
      joined += text[i];
    }
    return joined;
  }

  std::string text_;
  WordTerm term_;
  bool is_phone_;
};

/// What was erased with those values, apart from what the contact in force has too.
std::vector<ErasedTerm> terms_of(const Values& erased, const std::optional<Contact>& in_force) {
  std::vector<std::string> texts;
  const auto add = [&](const std::string& text) {
    const bool is_known = std::find(texts.begin(), texts.end(), text) != texts.end();
    if (!is_known && SoughtPerson::parse(text)) texts.push_back(text);
  };
  std::vector<std::string> phones;
  for (const PersonalValue& value : erased) {
    if (!value.contact) {
      add(value.at.value);
      continue;
    }
    const auto& [name, role, email, phone] = *value.contact;
    if (!in_force || in_force->name != name) add(name.str());
    if (!in_force || in_force->email != email) add(email.str());
    if (phone && (!in_force || in_force->phone != phone)) phones.push_back(phone->str());
  }
  std::sort(phones.begin(), phones.end());
  phones.erase(std::unique(phones.begin(), phones.end()), phones.end());
  std::vector<ErasedTerm> terms;
  for (auto* list : {&texts, &phones}) {
    for (std::string& text : *list) terms.emplace_back(std::move(text));
  }
  return terms;
}

Notes find_remains(Read& read, PartnerId partner, const std::vector<ErasedTerm>& terms) {
  Notes notes;
  for (const PersonalValue& value : find_personal_values(read, partner)) {
    const auto term = std::find_if(terms.begin(), terms.end(),
                                   [&](const ErasedTerm& one) { return one.is_in(value.at.value); });
    if (term == terms.end()) continue;
    const std::string_view place = code_of(value.at.place);
    notes.push_back(Note::of(NoteCode::remains, value.at.value,
                             fmt::format("{}: {} of event {} still has {}: {}", partner.str(), place,
                                         value.at.event, in_quotes(term->text()), in_quotes(value.at.value)),
                             place));
  }
  return notes;
}

/// A note for each document: it is not changed, and has what was erased.
void add_notes(Notes& notes, const std::vector<NamingDocument>& documents) {
  for (const auto& [number, at] : documents) {
    const std::string id = at.partner.str();
    notes.push_back(
        Note::of(NoteCode::remains, at.value,
                 fmt::format("{0}: document {1}, {2}, is kept; use 'covenant evidence {0}' to erase it too",
                             id, number, in_quotes(at.value)),
                 code_of(at.place)));
  }
}

Note emptied_note(PartnerId partner, std::string_view column, std::string_view what) {
  return Note::of(NoteCode::erased, "", fmt::format("{}: {}: {}", partner.str(), column, what), column);
}

/// A note for each field that lost a value.
Notes emptied_notes(const Partner& before, const Partner& after) {
  Notes notes;
  for (const EventText text : all_event_texts) {
    const auto column = column_of(text);
    if (!column || column_text(before, *column) == column_text(after, *column)) continue;
    const bool is_empty = !column_text(after, *column);
    notes.push_back(emptied_note(before.id, code_of(*column),
                                 is_empty ? "erased, and empty now" : "some lines were erased"));
  }
  if (before.application.contact && !after.application.contact) {
    notes.push_back(emptied_note(before.id, "contact",
                                 after.status == Status::approved
                                     ? "erased; a listed partner needs another one"
                                     : "erased, and empty now"));
  }
  return notes;
}

/// Erases those values, and notes where what they say still occurs.
OutcomeResult erase_and_look_again(Write& write, const Partner& partner, const Values& values,
                                   const Deed& deed) {
  if (std::none_of(values.begin(), values.end(), is_sealed)) return unchanged(partner);
  Values naming = values;
  // What is noted of any document names nobody.
  std::erase_if(naming, [](const PersonalValue& value) { return value.text == "reading_notes"_text; });
  const auto documents = find_naming_documents(write, partner.id, naming);
  const Partner after = erase_values(write, partner, values, deed);
  Outcome outcome = updated(partner, after);
  outcome.notes = find_remains(write, partner.id, terms_of(values, after.application.contact));
  add_notes(outcome.notes, documents);
  return outcome;
}

}  // namespace

OutcomeResult erase_contact(Write& write, const Partner& partner, const Deed& deed) {
  Values values = find_personal_values(write, partner.id);
  std::erase_if(values, [](const PersonalValue& value) {
    return value.at.place != Place::contact && value.at.place != Place::signature &&
           value.at.place != Place::mail;
  });
  return erase_and_look_again(write, partner, values, deed);
}

OutcomeResult erase_former_contacts(Write& write, const Partner& partner, const Deed& deed) {
  Values values = find_personal_values(write, partner.id);
  const auto& contact = partner.application.contact;
  std::erase_if(values, [&](const PersonalValue& value) {
    if (value.text == "recipient"_text) return contact && contact->email.str() == value.at.value;
    return !value.contact || value.at.is_current;
  });
  return erase_and_look_again(write, partner, values, deed);
}

PersonErased erase_person(Write& write, const Partner& partner, const SoughtPerson& person,
                          const Deed& deed) {
  const Values values = find_person(write, partner.id, person);
  const auto sealed = static_cast<std::size_t>(std::count_if(values.begin(), values.end(), is_sealed));
  const auto documents = find_naming_documents(write, partner.id, values);
  const Partner after = erase_values(write, partner, values, deed);
  const bool is_changed = sealed > 0 || after != partner;
  PersonErased done{is_changed ? updated(partner, after) : unchanged(partner), sealed,
                    values.size() - sealed};
  done.outcome.notes = emptied_notes(partner, after);
  for (const PersonalValue& value : values) {
    if (value.sealed) continue;
    const std::string_view place = code_of(value.at.place);
    done.outcome.notes.push_back(
        Note::of(NoteCode::remains, value.at.value,
                 fmt::format("{}: {} of event {}, of version 1, cannot be erased: {}", partner.id.str(),
                             place, value.at.event, in_quotes(value.at.value)),
                 place));
  }
  add_notes(done.outcome.notes, documents);
  return done;
}

}  // namespace covenant
