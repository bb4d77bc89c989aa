#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/sink.hpp"
#include "core/model/commitment.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What each of a partner's joinings rests on, the first one first.
std::vector<Commitment> find_commitments(Read& read, PartnerId partner);

/// Writes the stored bytes of a document into `sink`.
/// @throws Error{damaged} when they are not there or do not have that digest.
void copy_document(Read& read, const Document& document, TextSink& sink);

/// Keeps the bytes of a document; the same bytes are kept once.
void store_document(Write& write, const Document& document, std::string_view bytes);

/// Whether there is a row that says exactly that of the joining in event `seq`.
bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment);

/// Only the history writes commitments.
void insert_commitment(Write& write, std::int64_t seq, PartnerId partner, const Commitment& commitment);

}  // namespace covenant
