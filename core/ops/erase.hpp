#pragma once

#include <cstddef>
#include <vector>

#include "core/history/personal_values.hpp"
#include "core/model/deed.hpp"
#include "core/model/personal_place.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

// What is erased goes from the history and from the fields that have it now, and an event records that. The
// caller wipes the files after the commit (`Registry::wipe`).
// Source: covenant-erase(1); Regulation (EU) 2018/1725, Article 19.

/// Erases all contacts of a partner, past and present, and whoever signed a commitment. Nothing to erase
/// leaves the partner unchanged. Notes (`remains`): where the names, addresses and telephones that were
/// erased still occur at this partner, and the documents that they sent or signed.
OutcomeResult erase_contact(Write& write, const Partner& partner, const Deed& deed);

/// The same of the contacts that are no longer in force, and nobody else.
OutcomeResult erase_former_contacts(Write& write, const Partner& partner, const Deed& deed);

/// What erasing a person did at one partner.
struct PersonErased {
  Outcome outcome;
  std::size_t erased = 0;   ///< values
  std::size_t remains = 0;  ///< those that are in the clear, in events of version 1
};

/// Erases every value of a partner in which the person is named. Of practices and sources only the lines go.
/// Notes: each field that was emptied (`erased`), each value that cannot go, and each document that came with
/// a value that went (`remains`).
PersonErased erase_person(Write& write, const Partner& partner, const SoughtPerson& person, const Deed& deed);

}  // namespace covenant
