#include "core/store/retention.hpp"

#include <fmt/format.h>

#include "core/store/event_table.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored_text.hpp"

namespace covenant {

namespace {

// Contacts that no partner has any more are few: their events are looked at one by one. A quote within a text
// is escaped in a body, so what looks like a member is one.
std::string retention_sql() {
  return fmt::format(R"(
SELECT id, name, min(since) FROM (
  SELECT id, name, coalesce(ended_on, verified_on) AS since
  FROM partner AS p
  WHERE status IN ('revoked', 'withdrawn', 'ineligible') AND EXISTS (
    SELECT 1 FROM partner_event AS pe JOIN sealed AS s ON s.id = {}
    WHERE pe.partner = p.id)
  UNION ALL
  SELECT p.id, p.name, (
    SELECT {}
    FROM partner_event AS pe JOIN event AS later ON later.seq = pe.seq
    WHERE pe.partner = p.id AND pe.seq > s.seq AND instr(later.body, '"sealed":{{"contact":') > 0
    ORDER BY pe.seq LIMIT 1) AS since
  FROM sealed AS s
  JOIN event AS e ON e.seq = s.seq
  JOIN partner AS p ON p.id = e.body ->> '$.partner'
  WHERE s.field = 'contact' AND p.status = 'approved'
    AND s.seq NOT IN (SELECT contact FROM partner WHERE contact IS NOT NULL))
WHERE since <= :until
GROUP BY id
ORDER BY 3, id)",
                     sealed_id("pe.seq", "contact"), day_of_event("later"));
}

}  // namespace

std::vector<KeptContact> retention_due(Read& read, Date until) {
  std::vector<KeptContact> kept;
  Query query = read.query(retention_sql());
  query.bind(":until", until.str());
  while (query.step()) {
    kept.push_back({stored_id(query, 0), stored_name(query, 1), stored(Date::parse(query.text(2)))});
  }
  return kept;
}

}  // namespace covenant
