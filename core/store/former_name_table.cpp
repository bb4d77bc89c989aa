#include "core/store/former_name_table.hpp"

#include <string_view>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/store/bulk/partner_indexes.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/lookalike.hpp"

namespace covenant {

namespace {

constexpr std::string_view insert_sql =
    "INSERT INTO former_name (seq, partner, name, name_key) VALUES (?1, ?2, ?3, ?4)";

void insert(Query query, std::int64_t seq, std::int64_t partner, std::string_view name) {
  query.with(seq, partner, name, index_key(lookalike_key(name))).run();
}

}  // namespace

bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const Name& name) {
  Query query =
      read.query("SELECT 1 FROM former_name WHERE seq = ?1 AND partner = ?2 AND name = ?3 AND name_key = ?4");
  return query.with(seq, partner.number(), name.str(), index_key(lookalike_key(name.str()))).step();
}

std::vector<FormerName> find_former_names(Read& read, PartnerId partner) {
  Query query = read.query(R"(
SELECT f.name, substr(e.body ->> '$.at', 1, 10) FROM former_name AS f JOIN event AS e ON e.seq = f.seq
WHERE f.partner = :partner ORDER BY f.seq DESC)");
  query.bind(":partner", partner.number());
  std::vector<FormerName> names;
  while (query.step()) {
    names.push_back({stored_name(query, 0), stored(Date::parse(query.text(1)))});
  }
  return names;
}

void insert_former_name(Write& write, std::int64_t seq, PartnerId partner, const Name& name) {
  insert(write.query(insert_sql), seq, partner.number(), name.str());
  note_former_name(write);
}

void delete_former_names(Write& write, PartnerId partner) {
  write.query("DELETE FROM former_name WHERE partner = :partner").bind(":partner", partner.number()).run();
}

void fill_former_names(Connection& connection) {
  Query events = connection.query(R"(
SELECT seq, body ->> '$.partner', body ->> '$.old.name' FROM event
WHERE instr(body, '"old":{') > 0 AND body ->> '$.old.name' IS NOT NULL ORDER BY seq)");
  while (events.step())
    insert(connection.query(insert_sql), events.integer(0), events.integer(1), events.text(2));
}

}  // namespace covenant
