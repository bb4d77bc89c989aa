#include "core/store/evidence_table.hpp"

#include "core/store/document_table.hpp"
#include "core/store/stored_text.hpp"

namespace covenant {

namespace {

constexpr std::string_view documents_sql = R"(
SELECT had.kind, had.day, had.name, had.type, coalesce(d.size, x.size), had.document, had.note,
  x.seq IS NOT NULL, had.is_annulled, had.verdict, had.seq
FROM (
  SELECT seq, partner, iif(kind = 'renewal', kind, 'commitment') AS kind, received_on AS day, name, type, document,
    NULL AS note, annulled_by IS NOT NULL AS is_annulled, verdict
  FROM commitment WHERE document IS NOT NULL
  UNION ALL
  SELECT seq, partner, 'document', added_on, name, type, document, note, annulled_by IS NOT NULL, NULL FROM evidence) AS had
LEFT JOIN document AS d ON d.sha256 = had.document
LEFT JOIN erased_document AS x ON x.partner = had.partner AND x.document = had.document
WHERE had.partner = :partner
ORDER BY had.seq)";

}  // namespace

std::vector<KeptDocument> find_documents(Read& read, PartnerId partner) {
  std::vector<KeptDocument> documents;
  Query query = read.query(documents_sql);
  query.bind(":partner", partner.number());
  while (query.step()) {
    documents.push_back({.use = stored(parse_code<DocumentUse>(query.text(0))),
                         .day = stored(Date::parse(query.text(1))),
                         .document = stored_document(query, 2, 3, 4, 5),
                         .note = stored_optional<Remark>(query, 6),
                         .is_erased = query.integer(7) != 0,
                         .verdict = query.is_null(9)
                                        ? std::nullopt
                                        : std::optional(stored(parse_code<SignatureVerdict>(query.text(9)))),
                         .is_annulled = query.integer(8) != 0,
                         .event = query.integer(10)});
  }
  return documents;
}

bool is_erased(Read& read, PartnerId partner, const std::string& sha256) {
  Query query = read.query("SELECT 1 FROM erased_document WHERE partner = :partner AND document = :document");
  return query.bind(":partner", partner.number()).bind(":document", sha256).step();
}

namespace {

constexpr std::string_view is_evidence_sql = R"(
SELECT 1 FROM evidence
WHERE seq = :seq AND partner = :partner AND added_on = :added_on AND document = :document AND name IS :name
  AND type = :type AND note IS :note AND annulled_by IS :annulled_by)";

constexpr std::string_view insert_evidence_sql = R"(
INSERT INTO evidence (seq, partner, added_on, document, name, type, note, annulled_by)
VALUES (:seq, :partner, :added_on, :document, :name, :type, :note, :annulled_by))";

constexpr std::string_view is_erased_document_sql = R"(
SELECT 1 FROM erased_document
WHERE seq = :seq AND partner = :partner AND document = :document AND size = :size)";

constexpr std::string_view insert_erased_document_sql = R"(
INSERT INTO erased_document (seq, partner, document, size) VALUES (:seq, :partner, :document, :size))";

template <class Text>
std::optional<std::string> text_of(const std::optional<Text>& value) {
  return value ? std::optional<std::string>(value->str()) : std::nullopt;
}

Query& bind_evidence(Query& query, std::int64_t seq, PartnerId partner, const FurtherDocument& further) {
  const auto& [added_on, document, note, annulled_by] = further;
  return query.bind(":seq", seq)
      .bind(":partner", partner.number())
      .bind(":added_on", added_on.str())
      .bind(":document", document.sha256)
      .bind(":name", text_of(document.name))
      .bind(":type", document.type)
      .bind(":note", text_of(note))
      .bind(":annulled_by", annulled_by);
}

Query& bind_erased(Query& query, std::int64_t seq, PartnerId partner, const ErasedDocument& erased) {
  return query.bind(":seq", seq)
      .bind(":partner", partner.number())
      .bind(":document", erased.sha256)
      .bind(":size", static_cast<std::int64_t>(erased.size));
}

}  // namespace

bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const FurtherDocument& further) {
  Query query = read.query(is_evidence_sql);
  return bind_evidence(query, seq, partner, further).step();
}

bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const ErasedDocument& erased) {
  Query query = read.query(is_erased_document_sql);
  return bind_erased(query, seq, partner, erased).step();
}

void insert_evidence(Write& write, std::int64_t seq, PartnerId partner, const FurtherDocument& further) {
  Query query = write.query(insert_evidence_sql);
  bind_evidence(query, seq, partner, further).run();
}

void insert_erased_document(Write& write, std::int64_t seq, PartnerId partner, const ErasedDocument& erased) {
  Query query = write.query(insert_erased_document_sql);
  bind_erased(query, seq, partner, erased).run();
}

void restore_document(Write& write, PartnerId partner, const std::string& sha256) {
  write.query("DELETE FROM erased_document WHERE partner = :partner AND document = :document")
      .bind(":partner", partner.number())
      .bind(":document", sha256)
      .run();
}

void delete_evidence(Write& write, PartnerId partner) {
  write.query("DELETE FROM evidence WHERE partner = :partner").bind(":partner", partner.number()).run();
  write.query("DELETE FROM erased_document WHERE partner = :partner")
      .bind(":partner", partner.number())
      .run();
}

}  // namespace covenant
