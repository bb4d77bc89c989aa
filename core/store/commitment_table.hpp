#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/byte_source.hpp"
#include "core/base/sink.hpp"
#include "core/model/commitment.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What each of a partner's joinings rests on, and the commitments of its renewals, the first one first;
/// those that are annulled too.
std::vector<Commitment> find_commitments(Read& read, PartnerId partner);

/// The last one that counts; null when none does.
const Commitment* in_force(const std::vector<Commitment>& commitments);

/// Writes the stored bytes of a document into `sink`.
/// @throws Error{damaged} when they are not there or do not have that digest.
void copy_document(Read& read, const Document& document, TextSink& sink);

/// A document as it is stored.
struct StoredDocument {
  std::string_view sha256;  ///< valid until the next one is visited
  std::int64_t size;
  std::string found_sha256;  ///< of the bytes
  std::int64_t found_size;   ///< of the bytes
  bool is_named;             ///< a partner has it
};

/// Visits the stored documents.
void for_each_document(Read& read, const std::function<void(const StoredDocument&)>& visit);

/// A document that a partner has and that is not stored, though it was not erased.
struct MissingDocument {
  std::string_view sha256;
  PartnerId partner;
  std::int64_t seq;  ///< the event that brought it
};

/// The SHA-256 of each stored document, in order.
void for_each_document_name(Read& read, const std::function<void(const std::string&)>& visit);

/// Whether a document with that SHA-256 is stored.
bool is_document_stored(Read& read, const std::string& sha256);

/// Visits the documents that are missing, once for each event.
void for_each_missing_document(Read& read, const std::function<void(const MissingDocument&)>& visit);

/// Another partner that has a document with these bytes.
std::optional<PartnerId> find_other_holder(Read& read, const std::string& sha256, PartnerId partner);

/// Makes the row of a document that is not stored, for its bytes to be written.
StoredBytes insert_document(Write& write, const std::string& sha256, std::uint64_t size);

/// Keeps the bytes of a document, which are read only when they are not stored yet.
/// @throws Error{file} when they do not have its size and digest, and what `bytes` throws
void store_document(Write& write, const Document& document, const ByteSource& bytes);

/// Whether there is a row that says exactly that of the joining in event `seq`.
bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment);

/// Which joinings count.
enum class Joinings { all, before_the_last };

/// The day of the partner's first joining, of those that are not annulled; nothing when there is none.
std::optional<Date> find_first_joining(Read& read, PartnerId partner, Joinings joinings);

/// Takes back the partner's last joining, with its renewals. Only the history does it.
void annul_joining(Write& write, PartnerId partner, std::int64_t ending);

/// Adds a row to the commitments of an earlier day (`PastTables`).
void insert_past_commitment(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment);

/// Only the history writes commitments.
void insert_commitment(Write& write, std::int64_t seq, PartnerId partner, const Commitment& commitment);
void delete_commitments(Write& write, PartnerId partner);

}  // namespace covenant
