#include "core/store/commitment_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/documents/judgement.hpp"
#include "core/store/database.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/sealed_table.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

const std::string commitments_sql = fmt::format(R"(
SELECT c.received_on, c.signed_on,
  coalesce(s.value, (SELECT t.value ->> '$.signed_by' FROM main.sealed t
                     WHERE (t.id = {} AND t.of IS NULL) OR t.of = c.seq)),
  c.exception, c.name, c.type, coalesce(d.size, x.size), c.document, c.kind, c.annulled_by, c.corrects,
  (SELECT e.body ->> '$.action' FROM event e WHERE e.seq = c.annulled_by), c.verdict, c.seq,
  e.body ->> '$.commitment.part', e.body ->> '$.commitment.signed_file'
FROM commitment c
LEFT JOIN event e ON c.verdict IS NOT NULL AND e.seq = c.seq
LEFT JOIN document d ON d.sha256 = c.document
LEFT JOIN erased_document x ON x.partner = c.partner AND x.document = c.document
LEFT JOIN main.sealed s ON s.id = {}
WHERE c.partner = ?1
ORDER BY c.seq)",
                                                sealed_id("c.seq", "texts"), sealed_id("c.seq", "signed_by"));

// The texts of what was read, a part each.
const std::string judgement_sql = fmt::format(R"(
SELECT text.key, part.value
FROM main.sealed t, json_each(t.value) text, json_each(iif(text.type = 'array', text.value, json_array(text.value))) part
WHERE ((t.id = {} AND t.of IS NULL) OR t.of = ?1)
ORDER BY text.key, part.key)",
                                              sealed_id("?1", "texts"));

/// What was read in the document of the commitment in event `seq`.
Judgement find_judgement(Read& read, std::int64_t seq, SignatureVerdict verdict) {
  Judgement judgement{.verdict = verdict};
  Query query = read.query(judgement_sql);
  query.with(seq);
  while (query.step()) {
    if (is_judgement_text(query.text(0)))
      add_part(judgement, std::string(query.text(0)), std::string(query.text(1)));
  }
  return judgement;
}

std::optional<std::string> digest_in(Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  std::string digest(query.text(column));
  if (!is_hex(digest, 2 * sizeof(Digest))) damaged("a digest of a document is none");
  return digest;
}

/// Why the event with that action annuls a commitment.
Annulment annulment_by(std::string_view action) {
  if (action == "correct") return Annulment::corrected;
  return action == "undo" ? Annulment::undone : Annulment::entered_in_error;
}

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
                          .exception = stored_optional<Remark>(query, 3),
                          .kind = stored(parse_code<CommitmentKind>(query.text(8))),
                          .annulled_by = query.optional_integer(9),
                          .corrects = query.optional_integer(10)};
    if (!query.is_null(12)) {
      const SignatureVerdict verdict = stored(parse_code<SignatureVerdict>(query.text(12)));
      commitment.judgement = find_judgement(read, query.integer(13), verdict);
      commitment.judgement->part = digest_in(query, 14);
      commitment.judgement->signed_file = digest_in(query, 15);
    }
    if (commitment.annulled_by) commitment.annulment = annulment_by(query.text(11));
    if (!query.is_null(7)) {
      commitment.document = stored_document(query, 4, 5, 6, 7);
    }
    if (commitment.document && commitment.exception)
      damaged("a commitment rests on both a document and a reason why there is none");
    commitments.push_back(std::move(commitment));
  }
  return commitments;
}

const Commitment* in_force(const std::vector<Commitment>& commitments) {
  const auto last = std::find_if(commitments.rbegin(), commitments.rend(),
                                 [](const Commitment& commitment) { return !commitment.annulled_by; });
  return last == commitments.rend() ? nullptr : &*last;
}

namespace {

constexpr std::size_t block_size = std::size_t{64} * 1024;

StoredBytes content_of(Read& read, std::int64_t row) {
  return read.bytes("document", "content", row);
}

/// Visits the bytes of a document in their order, a block at a time.
void for_each_block(const StoredBytes& content, const std::function<void(std::string_view)>& visit) {
  std::string block;
  for (std::size_t at = 0; at < content.size(); at += block.size()) {
    block.resize(std::min(block_size, content.size() - at));
    content.read(block.data(), block.size(), at);
    visit(block);
  }
}

std::string sha256_of(const StoredBytes& content) {
  Sha256 hash;
  for_each_block(content, [&](std::string_view block) { hash.add(block); });
  return to_hex(bytes_of(hash.finish()));
}

/// The row of a stored document; nothing when it is not stored.
std::optional<std::int64_t> find_document(Read& read, const std::string& sha256) {
  Query query = read.query("SELECT rowid FROM document WHERE sha256 = ?1");
  if (!query.with(sha256).step()) return std::nullopt;
  return query.integer(0);
}

}  // namespace

void copy_document(Read& read, const Document& document, TextSink& sink) {
  const auto row = find_document(read, document.sha256);
  if (!row || sha256_of(content_of(read, *row)) != document.sha256) {
    throw Error(ErrorKind::damaged,
                "the stored file with the SHA-256 " + document.sha256 + " does not have it any more");
  }
  for_each_block(content_of(read, *row), [&](std::string_view block) { sink.write(block); });
}

namespace {

constexpr const char* documents_sql = R"(
SELECT sha256, size, rowid FROM document ORDER BY sha256)";

constexpr const char* missing_documents_sql = R"(
SELECT had.seq, had.partner, had.document FROM (
  SELECT seq, partner, document FROM commitment WHERE document IS NOT NULL
  UNION ALL SELECT seq, partner, document FROM evidence) AS had
WHERE NOT EXISTS (SELECT 1 FROM document AS d WHERE d.sha256 = had.document)
  AND NOT EXISTS (SELECT 1 FROM erased_document AS x WHERE x.partner = had.partner AND x.document = had.document)
ORDER BY had.seq)";

}  // namespace

void for_each_document(Read& read, const std::function<void(const StoredDocument&)>& visit) {
  Query query = read.query(documents_sql);
  while (query.step()) {
    const StoredBytes content = content_of(read, query.integer(2));
    visit({query.text(0), query.integer(1), sha256_of(content), static_cast<std::int64_t>(content.size()),
           is_document_held(read, std::string(query.text(0)))});
  }
}

void for_each_document_name(Read& read, const std::function<void(const std::string&)>& visit) {
  Query query = read.query("SELECT sha256 FROM document ORDER BY sha256");
  while (query.step()) visit(std::string(query.text(0)));
}

void for_each_missing_document(Read& read, const std::function<void(const MissingDocument&)>& visit) {
  Query query = read.query(missing_documents_sql);
  while (query.step()) visit({query.text(2), PartnerId(query.integer(1)), query.integer(0)});
}

std::optional<PartnerId> find_other_holder(Read& read, const std::string& sha256, PartnerId partner) {
  // Documents have an index, commitments are searched: nearly every document is new.
  if (!find_document(read, sha256)) return std::nullopt;
  Query query = read.query(
      "SELECT partner FROM (SELECT partner FROM commitment WHERE document = ?1 "
      "UNION ALL SELECT partner FROM evidence WHERE document = ?1) AS had "
      "WHERE partner <> ?2 AND NOT EXISTS (SELECT 1 FROM erased_document AS x "
      "WHERE x.partner = had.partner AND x.document = ?1) LIMIT 1");
  if (!query.with(sha256, partner.number()).step()) return std::nullopt;
  return PartnerId(query.integer(0));
}

bool is_document_stored(Read& read, const std::string& sha256) {
  return find_document(read, sha256).has_value();
}

StoredBytes insert_document(Write& write, const std::string& sha256, std::uint64_t size) {
  write.query("INSERT INTO document (sha256, size, content) VALUES (?1, ?2, zeroblob(?2))")
      .with(sha256, static_cast<std::int64_t>(size))
      .run();
  return write.writable_bytes("document", "content", find_document(write, sha256).value());
}

void store_document(Write& write, const Document& document, const ByteSource& bytes) {
  if (is_document_stored(write, document.sha256)) return;
  StoredBytes content = insert_document(write, document.sha256, document.size);
  Sha256 hash;
  std::string block(block_size, '\0');
  std::size_t at = 0;
  while (const std::size_t count = bytes(block.data(), block.size())) {
    if (count > content.size() - at) break;
    const std::string_view piece = std::string_view(block).substr(0, count);
    hash.add(piece);
    content.write(piece, at);
    at += count;
  }
  if (at != content.size() || to_hex(bytes_of(hash.finish())) != document.sha256)
    throw Error(ErrorKind::file, "the document changed while it was read; try again");
}

namespace {

/// Parameters 1 to 12.
Query& bind_commitment(Query& query, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  const auto& document = commitment.document;
  return query.with(seq, partner.number(), commitment.received_on.str(),
                    commitment.signed_on ? std::optional(commitment.signed_on->str()) : std::nullopt,
                    document ? std::optional(document->sha256) : std::nullopt,
                    document && document->name ? std::optional(document->name->str()) : std::nullopt,
                    document ? std::optional(document->type) : std::nullopt,
                    commitment.exception ? std::optional(commitment.exception->str()) : std::nullopt,
                    code_of(commitment.kind), commitment.annulled_by, commitment.corrects,
                    commitment.judgement ? std::optional(std::string(code_of(commitment.judgement->verdict)))
                                         : std::nullopt);
}

}  // namespace

bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  Query query = read.query(
      "SELECT 1 FROM commitment WHERE seq = ?1 AND partner = ?2 AND received_on = ?3 AND signed_on IS ?4 "
      "AND document IS ?5 AND name IS ?6 AND type IS ?7 AND exception IS ?8 AND kind = ?9 AND annulled_by IS "
      "?10 AND corrects IS ?11 AND verdict IS ?12");
  return bind_commitment(query, seq, partner, commitment).step();
}

std::optional<Date> find_first_joining(Read& read, PartnerId partner, Joinings joinings) {
  Query query = read.query(
      "SELECT received_on FROM commitment "
      "WHERE partner = ?1 AND kind = 'joining' AND annulled_by IS NULL AND (?2 OR seq < "
      "(SELECT max(seq) FROM commitment WHERE partner = ?1 AND kind = 'joining' AND annulled_by IS NULL)) "
      "ORDER BY coalesce(corrects, seq) LIMIT 1");
  query.with(partner.number(), static_cast<std::int64_t>(joinings == Joinings::all ? 1 : 0));
  if (!query.step()) return std::nullopt;
  return stored(Date::parse(query.text(0)));
}

void annul_joining(Write& write, PartnerId partner, std::int64_t ending) {
  write
      .query(
          R"(
WITH joining AS (
  SELECT seq, coalesce(corrects, seq) AS approval FROM commitment
  WHERE partner = :partner AND kind = 'joining' AND annulled_by IS NULL ORDER BY seq DESC LIMIT 1)
UPDATE commitment SET annulled_by = :ending
WHERE partner = :partner AND annulled_by IS NULL
  AND (seq = (SELECT seq FROM joining) OR kind = 'renewal' AND seq > (SELECT approval FROM joining)))")
      .bind(":partner", partner.number())
      .bind(":ending", ending)
      .run();
}

void insert_commitment(Write& write, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  Query query = write.query(
      "INSERT INTO commitment (seq, partner, received_on, signed_on, document, name, type, exception, "
      "kind, annulled_by, corrects, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
  bind_commitment(query, seq, partner, commitment).run();
}

void delete_commitments(Write& write, PartnerId partner) {
  write.query("DELETE FROM commitment WHERE partner = :partner").bind(":partner", partner.number()).run();
}

void insert_past_commitment(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  Query query = read.query(
      "INSERT INTO temp.past_commitment (seq, partner, received_on, signed_on, document, name, type, "
      "exception, kind, annulled_by, corrects, verdict) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
      "?11, "
      "?12)");
  bind_commitment(query, seq, partner, commitment).run();
}

}  // namespace covenant
