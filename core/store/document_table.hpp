#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/byte_source.hpp"
#include "core/base/sink.hpp"
#include "core/model/commitment.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

// A document is stored once, by its digest, whichever partners have it and for what: their commitments
// (`commitment_table`) and their further documents (`evidence_table`) name it.

/// The document that a row has in these columns: its name, type, size and digest, of which a name may be
/// null.
/// @throws Error{damaged} for what no version wrote
Document stored_document(const Query& row, int name, int type, int size, int sha256);

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

/// Visits the stored documents, by their digests.
void for_each_document(Read& read, const std::function<void(const StoredDocument&)>& visit);

/// Visits the SHA-256 of each stored document, in order.
void for_each_document_name(Read& read, const std::function<void(const std::string&)>& visit);

/// A document that a partner has and that is not stored, though it was not erased.
struct MissingDocument {
  std::string_view sha256;
  PartnerId partner;
  std::int64_t seq;  ///< the event that brought it
};

/// Visits the documents that are missing, once for each event.
void for_each_missing_document(Read& read, const std::function<void(const MissingDocument&)>& visit);

/// Whether a document with that SHA-256 is stored.
bool is_document_stored(Read& read, const std::string& sha256);

/// Whether some partner has the document, as a commitment or beside, and it was not erased there.
bool is_document_held(Read& read, const std::string& sha256);

/// Another partner that has a document with these bytes.
std::optional<PartnerId> find_other_holder(Read& read, const std::string& sha256, PartnerId partner);

/// Makes the row of a document that is not stored, for its bytes to be written.
StoredBytes insert_document(Write& write, const std::string& sha256, std::uint64_t size);

/// Keeps the bytes of a document, which are read only when they are not stored yet.
/// @throws Error{file} when they do not have its size and digest, and what `bytes` throws
void store_document(Write& write, const Document& document, const ByteSource& bytes);

/// Removes the bytes of a document, and at the commit every copy of them. The file is wiped after that
/// (`Registry::wipe`).
void delete_document(Write& write, const std::string& sha256);

}  // namespace covenant
