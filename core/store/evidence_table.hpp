#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/evidence.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The documents of a partner, its commitments and those beside them, in the order in which they came.
std::vector<KeptDocument> find_documents(Read& read, PartnerId partner);

/// Whether this partner's document of that digest was erased.
bool is_erased(Read& read, PartnerId partner, const std::string& sha256);

/// Whether there is a row that says exactly that of the document that the event `seq` added or erased.
bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const FurtherDocument& further);
bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const ErasedDocument& erased);

/// Only the history writes them. A document that comes back is no longer erased.
void insert_evidence(Write& write, std::int64_t seq, PartnerId partner, const FurtherDocument& further);
void insert_erased_document(Write& write, std::int64_t seq, PartnerId partner, const ErasedDocument& erased);
void restore_document(Write& write, PartnerId partner, const std::string& sha256);

/// Deletes the rows of all documents beside the partner's commitments, and of those that were erased.
void delete_evidence(Write& write, PartnerId partner);

}  // namespace covenant
