#include "core/store/past_tables.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/commitment_table.hpp"
#include "core/store/ending_table.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored_text.hpp"

// How it works, and why.
//
// A list of the past costs little more than one of today when it reads the same rows. A partner's row keeps
// the days of its application, verification, joining, renewal and ending. Where each of them happened once
// and nothing else did, that is the partner's whole life, and what it was on a day follows from these days.
// The number of its events says whether that is so: each of the days that the row has needs an event of its
// own, so when there are no more events than days, there was no amendment, no correction and no second of a
// kind. How many of the events were recorded by then also says which, since these can only happen in one
// order.
//
// Of a partner to which more happened, the row is right when all was recorded by the end of the day, no day
// in it is later and nothing was taken back or annulled: by the days, such a change never was. The others are
// found by one query, and whoever calls puts them in from their events.
//
// SQLite looks for a table in `temp` before it looks in the file. So views there, of the same names, show the
// past to every statement that reads, and no list needs a second way of being made.

namespace covenant {

namespace {

constexpr std::array<const char*, 6> views = {"partner", "partner_event", "commitment",
                                              "ending",  "event",         "sealed"};
constexpr std::array<const char*, 7> tables = {
    "past", "past_known", "past_partner", "past_commitment", "past_ending", "past_undone", "past_contact"};

// A partner without events would not have been there at any time: they were given to another one.
constexpr std::string_view past_sql = R"(
SELECT coalesce(:day, '9999-12-31') AS day, :texts AS texts, :known AS known, min(:texts, :known) AS whole,
  (SELECT id FROM main.partner p
   WHERE coalesce((SELECT min(seq) FROM main.partner_event WHERE partner = p.id), owner(p.id, NULL)) <= :known
   ORDER BY id DESC LIMIT 1) AS last_partner)";

// Of partners whose last events are not known: how many events are.
constexpr const char* create_known = R"(
CREATE TEMP TABLE past_known (id INTEGER PRIMARY KEY, events INTEGER))";

constexpr const char* fill_known = R"(
INSERT INTO temp.past_known
SELECT partner, count(*) FILTER (WHERE seq <= :known) AS events FROM main.partner_event
WHERE :known < (SELECT max(seq) FROM main.event)
GROUP BY partner HAVING max(seq) > :known AND events > 0)";

constexpr const char* create_commitments = R"(
CREATE TEMP TABLE past_commitment (seq INTEGER PRIMARY KEY, partner, received_on, signed_on, document, name, type,
  exception, kind, annulled_by, corrects, verdict))";

constexpr const char* create_endings = R"(
CREATE TEMP TABLE past_ending (seq INTEGER PRIMARY KEY, partner, was, ended_on, end_reason))";

constexpr const char* create_undone = "CREATE TEMP TABLE past_undone (seq INTEGER PRIMARY KEY, undone_by)";

constexpr const char* create_contacts = "CREATE TEMP TABLE past_contact (id INTEGER PRIMARY KEY, value TEXT)";

constexpr std::string_view unclear_sql = R"(
SELECT p.id
FROM (SELECT partner, count(*) AS events, max(seq) AS last, max(undone_by) AS undone
      FROM main.partner_event GROUP BY partner) e
CROSS JOIN past ON last_partner >= e.partner
CROSS JOIN main.partner p ON p.id = e.partner
WHERE e.undone IS NOT NULL
   OR p.end_reason IS 'entered-in-error'
   OR p.id IN (SELECT partner FROM main.commitment WHERE annulled_by IS NOT NULL)
   OR (e.last > whole OR p.applied_on > day OR p.verified_on > day OR p.approved_on > day OR p.renewed_on > day
       OR p.ended_on > day)
  AND e.events <> 1 + (p.verified_on IS NOT NULL) + (p.approved_on IS NOT NULL) + (p.renewed_on IS NOT NULL)
        + (p.ended_on IS NOT NULL)
ORDER BY p.id)";

constexpr std::string_view verified = "(p.verified_on <= day AND coalesce(k.events > 1, 1))";
constexpr std::string_view approved = "(p.approved_on <= day AND coalesce(k.events > 2, 1))";
constexpr std::string_view renewed = "(p.renewed_on <= day AND coalesce(k.events > 3, 1))";
constexpr std::string_view ended = "(p.ended_on <= day AND k.events IS NULL)";

std::string iif(std::string_view condition, std::string_view value, std::string_view otherwise = "NULL") {
  return std::string("iif(").append(condition).append(", ").append(value).append(", ").append(otherwise) +
         ")";
}

/// Of a partner that ended without having joined only its findings say whether it was eligible.
std::string status() {
  const std::string decided = iif("p.status IN ('eligible', 'ineligible')", "p.status",
                                  "iif(p.approved_on IS NULL AND EXISTS (SELECT 1 FROM finding f "
                                  "WHERE f.partner = p.id AND f.result = 'fail'), 'ineligible', 'eligible')");
  return iif(ended, "p.status", iif(approved, "'approved'", iif(verified, decided, "'applied'")));
}

std::string changed() {
  const std::string last = "(SELECT max(seq) FROM main.partner_event WHERE partner = p.id)";
  const std::string joining = "(SELECT min(seq) FROM main.commitment WHERE partner = p.id)";
  const std::string computed =
      iif(std::string(ended).append(" AND p.approved_on IS NOT NULL"), last, iif(approved, joining));
  return iif(last +
                 " <= whole AND coalesce(p.verified_on <= day, 1) AND coalesce(p.approved_on <= day, 1) "
                 "AND coalesce(p.renewed_on <= day, 1) AND coalesce(p.ended_on <= day, 1)",
             "p.changed", computed);
}

/// What a column was, as it follows from the partner's own row.
std::string past_value(const std::string& column) {
  std::string stored = "p." + column;
  if (column == "status") return status();
  if (column == "changed") return changed();
  if (column == "verified_on") return iif(verified, stored);
  if (column == "approved_on") return iif(approved, stored);
  if (column == "renewed_on") return iif(renewed, stored);
  if (column == "partner_since") return iif("p.approved_on IS NULL OR " + std::string(approved), stored);
  if (column == "ended_on" || column == "end_reason" || column == "end_note" || column == "successor")
    return iif(ended, stored);
  return stored;
}

std::string partner_view(bool has_unclear) {
  std::string sql = "CREATE TEMP VIEW partner AS SELECT p.id";
  for (const std::string& column : past_columns()) {
    const std::string value = past_value(column);
    sql += fmt::format(", {} AS {}", has_unclear ? iif("o.id IS NULL", value, "o." + column) : value, column);
  }
  sql += ", p.name_key, p.host_key, p.acronym_key";
  sql += " FROM main.partner p CROSS JOIN temp.past LEFT JOIN temp.past_known k ON k.id = p.id";
  const std::string is_there = "p.applied_on <= day AND p.id <= last_partner";
  if (!has_unclear) return sql + " WHERE " + is_there;
  return sql + " LEFT JOIN temp.past_partner o ON o.id = p.id WHERE iif(o.id IS NULL, " + is_there +
         ", o.status IS NOT NULL)";
}

/// Of a table whose rows belong to partners and were known from an event and a day on. Without unclear ones
/// it is read by its indexes.
std::string attached_view(std::string_view table, std::string_view columns, std::string_view day,
                          bool has_unclear) {
  std::string sql = fmt::format(
      "CREATE TEMP VIEW {0} AS SELECT {1} FROM main.{0} WHERE seq <= (SELECT known FROM temp.past) "
      "AND {2} <= (SELECT day FROM temp.past)",
      table, columns, day);
  if (!has_unclear) return sql;
  return sql + fmt::format(
                   " AND partner NOT IN (SELECT id FROM temp.past_partner) "
                   "UNION ALL SELECT {1} FROM temp.past_{0}",
                   table, columns);
}

std::string commitment_view(bool has_unclear) {
  const std::string columns =
      "seq, partner, received_on, signed_on, document, name, type, exception, annulled_by, kind, corrects, "
      "verdict";
  return attached_view("commitment", columns, "received_on", has_unclear);
}

std::string ending_view(bool has_unclear) {
  return attached_view("ending", "seq, partner, was, ended_on, end_reason", "ended_on", has_unclear);
}

constexpr const char* event_view = R"(
CREATE TEMP VIEW event AS
SELECT seq, body, leaf FROM main.event
WHERE seq <= (SELECT known FROM temp.past)
  AND (substr(body, 12, 6) <> 'update' OR seq <= (SELECT texts FROM temp.past)))";

constexpr const char* partner_event_view = R"(
CREATE TEMP VIEW partner_event AS
SELECT partner, seq, iif(partner IN (SELECT id FROM temp.past_partner),
                         (SELECT u.undone_by FROM temp.past_undone u WHERE u.seq = e.seq), undone_by) AS undone_by
FROM main.partner_event e)";

// Contacts alone: SQLite copies all of them for a list that has contacts.
constexpr const char* sealed_view = R"(
CREATE TEMP VIEW sealed AS
SELECT id, value FROM main.sealed WHERE field = 'contact' UNION ALL SELECT id, value FROM temp.past_contact)";

std::string create_partners() {
  std::string sql = "CREATE TEMP TABLE past_partner (id INTEGER PRIMARY KEY";
  for (const std::string& column : past_columns()) sql += ", " + column;
  return sql + ")";
}

}  // namespace

bool shows_past(Read& read) {
  return read.query("SELECT 1 FROM pragma_database_list WHERE name = 'temp'").step();
}

PastTables::PastTables(Read& read) : read_(read) {
  if (!shows_past(read)) return;
  for (const char* view : views) read.query(std::string("DROP VIEW IF EXISTS temp.") + view).run();
  for (const char* table : tables) read.query(std::string("DROP TABLE IF EXISTS temp.") + table).run();
}

namespace {

Query query_of(Read& read, const std::string& sql, const Horizon& horizon) {
  Query query = read.query(sql);
  query.bind(":day", horizon.day ? std::optional(horizon.day->str()) : std::nullopt)
      .bind(":texts", horizon.texts)
      .bind(":known", horizon.known);
  return query;
}

}  // namespace

std::vector<PartnerId> PastTables::find_unclear(const Horizon& horizon) const {
  std::vector<PartnerId> partners;
  Query query = query_of(read_, fmt::format("WITH past AS ({}) {}", past_sql, unclear_sql), horizon);
  while (query.step()) partners.push_back(stored_id(query, 0));
  return partners;
}

void PastTables::set(const Horizon& horizon) {
  query_of(read_, fmt::format("CREATE TEMP TABLE past AS {}", past_sql), horizon).run();
  read_.query(create_known).run();
  read_.query(fill_known).bind(":known", horizon.known).run();
  read_.query(create_partners()).run();
  read_.query(create_commitments).run();
  read_.query(create_endings).run();
  read_.query(create_undone).run();
  read_.query(create_contacts).run();
}

void PastTables::put(const Partner& partner, const PartnerProjection& projection) {
  insert_past_partner(read_, partner, projection);
}

void PastTables::put_absent(PartnerId partner) {
  read_.query("INSERT INTO temp.past_partner (id) VALUES (:id)").bind(":id", partner.number()).run();
}

void PastTables::put_commitment(std::int64_t seq, PartnerId partner, const Commitment& commitment) {
  insert_past_commitment(read_, seq, partner, commitment);
}

void PastTables::put_ending(std::int64_t seq, PartnerId partner, const PastEnding& ending) {
  insert_past_ending(read_, seq, partner, ending);
}

void PastTables::put_undone(std::int64_t seq, std::int64_t by) {
  read_.query("INSERT INTO temp.past_undone (seq, undone_by) VALUES (:seq, :by)")
      .bind(":seq", seq)
      .bind(":by", by)
      .run();
}

void PastTables::put_contact(std::int64_t seq, const std::string& text) {
  static const std::string insert =
      "INSERT INTO temp.past_contact (id, value) VALUES (" + sealed_id(":seq", "contact") +
      ", json_object('email', :text, 'name', :text, 'phone', :text, 'role', :text))";
  read_.query(insert).bind(":seq", seq).bind(":text", text).run();
  has_contact_ = true;
}

void PastTables::show() {
  const bool has_unclear = read_.query("SELECT 1 FROM temp.past_partner LIMIT 1").step();
  read_.query(partner_view(has_unclear)).run();
  read_.query(commitment_view(has_unclear)).run();
  read_.query(ending_view(has_unclear)).run();
  read_.query(event_view).run();
  read_.query(partner_event_view).run();
  if (has_contact_) read_.query(sealed_view).run();
}

}  // namespace covenant
