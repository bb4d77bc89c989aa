#include "core/store/commitment_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/base/bytes.hpp"
#include "core/documents/judgement.hpp"
#include "core/store/database.hpp"
#include "core/store/document_table.hpp"
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
WHERE c.partner = :partner
ORDER BY c.seq)",
                                                sealed_id("c.seq", "texts"), sealed_id("c.seq", "signed_by"));

// The texts of what was read, a part each.
const std::string judgement_sql = fmt::format(R"(
SELECT text.key, part.value
FROM main.sealed t, json_each(t.value) text, json_each(iif(text.type = 'array', text.value, json_array(text.value))) part
WHERE ((t.id = {} AND t.of IS NULL) OR t.of = :seq)
ORDER BY text.key, part.key)",
                                              sealed_id(":seq", "texts"));

/// What was read in the document of the commitment in event `seq`.
Judgement find_judgement(Read& read, std::int64_t seq, SignatureVerdict verdict) {
  Judgement judgement{.verdict = verdict};
  Query query = read.query(judgement_sql);
  query.bind(":seq", seq);
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
  query.bind(":partner", partner.number());
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

constexpr std::string_view is_stored_sql = R"(
SELECT 1 FROM commitment
WHERE seq = :seq AND partner = :partner AND received_on = :received_on AND signed_on IS :signed_on
  AND document IS :document AND name IS :name AND type IS :type AND exception IS :exception AND kind = :kind
  AND annulled_by IS :annulled_by AND corrects IS :corrects AND verdict IS :verdict)";

std::string insert_into(std::string_view table) {
  return fmt::format(R"(
INSERT INTO {} (seq, partner, received_on, signed_on, document, name, type, exception, kind, annulled_by, corrects,
  verdict)
VALUES (:seq, :partner, :received_on, :signed_on, :document, :name, :type, :exception, :kind, :annulled_by, :corrects,
  :verdict))",
                     table);
}

template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  return value ? std::optional<std::string>(value->str()) : std::nullopt;
}

Query& bind_commitment(Query& query, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  const auto& document = commitment.document;
  const auto& judgement = commitment.judgement;
  return query.bind(":seq", seq)
      .bind(":partner", partner.number())
      .bind(":received_on", commitment.received_on.str())
      .bind(":signed_on", text_of(commitment.signed_on))
      .bind(":document", document ? std::optional(document->sha256) : std::nullopt)
      .bind(":name", document ? text_of(document->name) : std::nullopt)
      .bind(":type", document ? std::optional(document->type) : std::nullopt)
      .bind(":exception", text_of(commitment.exception))
      .bind(":kind", code_of(commitment.kind))
      .bind(":annulled_by", commitment.annulled_by)
      .bind(":corrects", commitment.corrects)
      .bind(":verdict", judgement ? std::optional(code_of(judgement->verdict)) : std::nullopt);
}

constexpr std::string_view first_joining_sql = R"(
SELECT received_on FROM commitment
WHERE partner = :partner AND kind = 'joining' AND annulled_by IS NULL
  AND (:all OR seq < (SELECT max(seq) FROM commitment
                      WHERE partner = :partner AND kind = 'joining' AND annulled_by IS NULL))
ORDER BY coalesce(corrects, seq) LIMIT 1)";

constexpr std::string_view annul_joining_sql = R"(
WITH joining AS (
  SELECT seq, coalesce(corrects, seq) AS approval FROM commitment
  WHERE partner = :partner AND kind = 'joining' AND annulled_by IS NULL ORDER BY seq DESC LIMIT 1)
UPDATE commitment SET annulled_by = :ending
WHERE partner = :partner AND annulled_by IS NULL
  AND (seq = (SELECT seq FROM joining) OR kind = 'renewal' AND seq > (SELECT approval FROM joining)))";

}  // namespace

bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  Query query = read.query(is_stored_sql);
  return bind_commitment(query, seq, partner, commitment).step();
}

std::optional<Date> find_first_joining(Read& read, PartnerId partner, Joinings joinings) {
  Query query = read.query(first_joining_sql);
  query.bind(":partner", partner.number())
      .bind(":all", static_cast<std::int64_t>(joinings == Joinings::all ? 1 : 0));
  if (!query.step()) return std::nullopt;
  return stored(Date::parse(query.text(0)));
}

void annul_joining(Write& write, PartnerId partner, std::int64_t ending) {
  write.query(annul_joining_sql).bind(":partner", partner.number()).bind(":ending", ending).run();
}

void insert_commitment(Write& write, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  static const std::string sql = insert_into("commitment");
  Query query = write.query(sql);
  bind_commitment(query, seq, partner, commitment).run();
}

void delete_commitments(Write& write, PartnerId partner) {
  write.query("DELETE FROM commitment WHERE partner = :partner").bind(":partner", partner.number()).run();
}

void insert_past_commitment(Read& read, std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  static const std::string sql = insert_into("temp.past_commitment");
  Query query = read.query(sql);
  bind_commitment(query, seq, partner, commitment).run();
}

}  // namespace covenant
