#include "core/ops/find_person.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/model/evidence.hpp"
#include "core/store/evidence_table.hpp"
#include "core/text/folding.hpp"

namespace covenant {

namespace {

std::string_view local_part(const Email& email) {
  return std::string_view(email.str()).substr(0, email.str().find('@'));
}

/// Whom the values of one partner are compared with.
class Identity {
 public:
  Identity(const SoughtPerson& person, const std::vector<PersonalValue>& values) : terms_{person.term()} {
    for (const PersonalValue& value : values) {
      if (value.contact) contacts_.push_back(&*value.contact);
    }
    while (learn()) {
    }
  }

  bool is_named_in(const PersonalValue& value) const {
    if (!value.contact) return any([&](const WordTerm& term) { return term.is_in(value.at.value); });
    const Contact& contact = *value.contact;
    return is_theirs(contact) || any([&](const WordTerm& term) {
             return (contact.role && term.is_in(contact.role->str())) || term.is_in(contact.name.str()) ||
                    (!term.is_address() && term.is_in(local_part(contact.email)));
           });
  }

 private:
  template <class Test>
  bool any(Test test) const {
    return std::any_of(terms_.begin(), terms_.end(), test);
  }

  bool is_theirs(const Contact& contact) const {
    return any([&](const WordTerm& term) {
      return term.is_in(term.is_address() ? contact.email.str() : contact.name.str());
    });
  }

  /// Whether the contact of a person has a name or an address that is not known yet.
  bool learn() {
    const std::size_t known = terms_.size();
    for (const Contact* contact : contacts_) {
      if (!is_theirs(*contact)) continue;
      const std::string& name = contact->name.str();
      if (name.find(' ') != std::string::npos) add(name);
      const auto shares = [&](const Contact* other) {
        return search_key(other->email.str()) == search_key(contact->email.str()) && !is_theirs(*other);
      };
      if (std::none_of(contacts_.begin(), contacts_.end(), shares)) add(contact->email.str());
    }
    return terms_.size() > known;
  }

  void add(const std::string& text) {
    if (SoughtPerson::parse(text) && !any([&](const WordTerm& term) { return term.is_in(text); }))
      terms_.emplace_back(text);
  }

  std::vector<WordTerm> terms_;
  std::vector<const Contact*> contacts_;
};

}  // namespace

std::vector<PersonalValue> find_person(Read& read, PartnerId partner, const SoughtPerson& person) {
  std::vector<PersonalValue> values = find_personal_values(read, partner);
  const Identity identity(person, values);
  std::erase_if(values, [&](const PersonalValue& value) { return !identity.is_named_in(value); });
  return values;
}

std::vector<NamingDocument> find_naming_documents(Read& read, PartnerId partner,
                                                  const std::vector<PersonalValue>& values) {
  std::vector<NamingDocument> found;
  std::map<std::string, std::size_t> places;  // of the digests, among those that were found
  std::size_t number = 0;
  for (const KeptDocument& kept : find_documents(read, partner)) {
    ++number;
    const auto value = std::find_if(values.begin(), values.end(),
                                    [&](const PersonalValue& one) { return one.at.event == kept.event; });
    const auto& [name, type, size, sha256] = kept.document;
    if (kept.is_erased || value == values.end()) continue;
    NamingDocument document{number,
                            {.partner = partner,
                             .place = Place::evidence,
                             .event = kept.event,
                             .is_current = value->at.is_current,
                             .value = name ? name->str() : sha256}};
    const auto [place, is_new] = places.try_emplace(sha256, found.size());
    if (is_new) {
      found.push_back(std::move(document));
    } else {
      found[place->second] = std::move(document);
    }
  }
  return found;
}

std::vector<PartnerId> find_partners_naming(Read& read, const SoughtPerson& person) {
  std::vector<PartnerId> partners = find_partners_with_word(read, person.term().longest_word());
  std::erase_if(partners, [&](PartnerId partner) { return find_person(read, partner, person).empty(); });
  return partners;
}

}  // namespace covenant
