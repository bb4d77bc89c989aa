#pragma once

#include <cstddef>
#include <vector>

#include "core/history/personal_values.hpp"
#include "core/model/personal_place.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The values of a partner in which the person is named, in the order of the events. Where it is a partner's
/// contact, the rest of that contact names the person as well, at this partner: a name of two words or more,
/// and an address that no contact of another name has.
/// Source: covenant-erase(1).
std::vector<PersonalValue> find_person(Read& read, PartnerId partner, const SoughtPerson& person);

/// A stored document that came with values that name somebody.
struct NamingDocument {
  std::size_t number;  ///< its place among the partner's documents, from 1
  PersonalPlace at;    ///< the value is its name, or its SHA-256 where it has none
};

/// The documents that the events of those values of a partner brought, each once, where it came last. Those
/// that were erased are left out.
std::vector<NamingDocument> find_naming_documents(Read& read, PartnerId partner,
                                                  const std::vector<PersonalValue>& values);

/// The partners at which the person is named, by their ids.
std::vector<PartnerId> find_partners_naming(Read& read, const SoughtPerson& person);

}  // namespace covenant
