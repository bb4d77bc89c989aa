#include "core/store/commitment_table.hpp"

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/store/database.hpp"

namespace covenant {

namespace {

constexpr const char* commitments_sql = R"(
SELECT c.received_on, c.signed_on,
  coalesce(s.value, (SELECT t.value ->> '$.signed_by' FROM sealed_texts t
                     WHERE (t.seq = c.seq AND t.of IS NULL) OR t.of = c.seq)),
  c.exception, c.name, c.type, d.size, c.document
FROM commitment c
LEFT JOIN document d ON d.sha256 = c.document
LEFT JOIN sealed s ON s.seq = c.seq AND s.field = 'signed_by'
WHERE c.partner = ?1
ORDER BY c.seq)";

}  // namespace

std::vector<Commitment> find_commitments(Read& read, PartnerId partner) {
  std::vector<Commitment> commitments;
  Query query = read.query(commitments_sql);
  query.with(partner.number());
  while (query.step()) {
    Commitment commitment{.received_on = stored(Date::parse(query.text(0))),
                          .signed_on = stored_optional<Date>(query, 1),
                          .signed_by = stored_optional<PersonText>(query, 2),
                          .document = std::nullopt,
                          .exception = stored_optional<Remark>(query, 3)};
    if (!query.is_null(7)) {
      commitment.document =
          Document{stored_optional<FileName>(query, 4), std::string(query.text(5)),
                   static_cast<std::uint64_t>(query.integer(6)), std::string(query.text(7))};
    }
    if (commitment.document && commitment.exception)
      damaged("a commitment rests on both a document and a reason why there is none");
    commitments.push_back(std::move(commitment));
  }
  return commitments;
}

void copy_document(Read& read, const Document& document, TextSink& sink) {
  Query query = read.query("SELECT content FROM document WHERE sha256 = ?1");
  query.with(document.sha256);
  if (!query.step() || to_hex(bytes_of(sha256({query.text(0)}))) != document.sha256) {
    throw Error(ErrorKind::damaged,
                "the stored file with the SHA-256 " + document.sha256 + " does not have it any more");
  }
  sink.write(query.text(0));
}

namespace {

constexpr const char* documents_sql = R"(
SELECT sha256, size, content, EXISTS (SELECT 1 FROM commitment WHERE document = sha256)
FROM document ORDER BY sha256)";

constexpr const char* missing_documents_sql = R"(
SELECT c.seq, c.partner, c.document FROM commitment c
WHERE c.document IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = c.document)
ORDER BY c.seq)";

}  // namespace

void for_each_document(Read& read, const std::function<void(const StoredDocument&)>& visit) {
  Query query = read.query(documents_sql);
  while (query.step()) visit({query.text(0), query.integer(1), query.text(2), query.integer(3) != 0});
}

void for_each_missing_document(Read& read, const std::function<void(const MissingDocument&)>& visit) {
  Query query = read.query(missing_documents_sql);
  while (query.step()) visit({query.text(2), PartnerId(query.integer(1)), query.integer(0)});
}

std::optional<PartnerId> find_other_holder(Read& read, const std::string& sha256, PartnerId partner) {
  // Documents have an index, commitments are searched: nearly every document is new.
  Query stored_document = read.query("SELECT 1 FROM document WHERE sha256 = ?1");
  if (!stored_document.with(sha256).step()) return std::nullopt;
  Query query = read.query("SELECT partner FROM commitment WHERE document = ?1 AND partner <> ?2 LIMIT 1");
  if (!query.with(sha256, partner.number()).step()) return std::nullopt;
  return PartnerId(query.integer(0));
}

void store_document(Write& write, const Document& document, std::string_view bytes) {
  write
      .query(
          "INSERT INTO document (sha256, size, content) VALUES (?1, ?2, ?3) ON CONFLICT (sha256) DO NOTHING")
      .with(document.sha256, static_cast<std::int64_t>(document.size), Blob{bytes})
      .run();
}

namespace {

/// Parameters 1 to 8.
Query& bind_commitment(Query& query, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  const auto& document = commitment.document;
  return query.with(seq, partner.number(), commitment.received_on.str(),
                    commitment.signed_on ? std::optional(commitment.signed_on->str()) : std::nullopt,
                    document ? std::optional(document->sha256) : std::nullopt,
                    document && document->name ? std::optional(document->name->str()) : std::nullopt,
                    document ? std::optional(document->type) : std::nullopt,
                    commitment.exception ? std::optional(commitment.exception->str()) : std::nullopt);
}

}  // namespace

bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  Query query = read.query(
      "SELECT 1 FROM commitment WHERE seq = ?1 AND partner = ?2 AND received_on = ?3 AND signed_on IS ?4 "
      "AND document IS ?5 AND name IS ?6 AND type IS ?7 AND exception IS ?8");
  return bind_commitment(query, seq, partner, commitment).step();
}

void insert_commitment(Write& write, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  Query query = write.query(
      "INSERT INTO commitment (seq, partner, received_on, signed_on, document, name, type, exception) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  bind_commitment(query, seq, partner, commitment).run();
}

}  // namespace covenant
