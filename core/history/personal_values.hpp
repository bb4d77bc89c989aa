#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/history/event_texts.hpp"
#include "core/model/form.hpp"
#include "core/model/personal_place.hpp"
#include "core/store/database.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

/// A value that may name a person, and where the history has it.
struct PersonalValue {
  PersonalPlace at;
  std::optional<SealedName> sealed;  ///< nothing: in the clear, in an event of version 1
  std::optional<EventText> text;     ///< of which it is; nothing for a contact and a signatory of version 1
  std::size_t part;                  ///< of a list, from 0
  std::optional<Contact> contact;    ///< there with a contact
};

/// Every contact, and every text that a person wrote, that events about the partner set and that was not
/// erased, in the order of the events; a list has a value for each of its parts.
/// @throws Error{damaged} when one of them is not as it was written
std::vector<PersonalValue> find_personal_values(Read& read, PartnerId partner);

/// The partners of whom some value may have the word, which is in its `search_key` form.
/// @throws Error{damaged} when a sealed value is not as it was written
std::vector<PartnerId> find_partners_with_word(Read& read, const std::string& word);

}  // namespace covenant
