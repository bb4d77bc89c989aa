#pragma once

#include <functional>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

// What may make two stored partners the same, of those that were not only ever entered in error. Keys are
// digests: whoever is visited compares the values.

/// Visits the names, by id.
void for_each_name(Read& read, const std::function<void(PartnerId, const Name&)>& visit);

/// Visits the websites whose host's key several partners have, by id.
void for_each_shared_website(Read& read, const std::function<void(PartnerId, const WebUrl&)>& visit);

/// Visits the acronyms whose key several partners have, by id.
void for_each_shared_acronym(Read& read, const std::function<void(PartnerId, const Acronym&)>& visit);

/// A partner by its present name, or by one that it had before.
struct NamedOnce {
  PartnerId partner;
  Name name;
};

/// Visits the pairs of partners whose names share a key, the one with the smaller id first.
void for_each_shared_name(Read& read, const std::function<void(const NamedOnce&, const NamedOnce&)>& visit);

/// Visits the former names that share a key with another partner's name: whose it was, and whose it is.
void for_each_former_name_in_use(Read& read,
                                 const std::function<void(const NamedOnce&, const NamedOnce&)>& visit);

}  // namespace covenant
