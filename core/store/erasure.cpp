#include "core/store/erasure.hpp"

namespace covenant {

std::vector<SealedName> find_sealed(Read& read, PartnerId partner) {
  std::vector<SealedName> names;
  Query query = read.query(
      "SELECT s.seq, s.field FROM partner_event pe JOIN sealed s ON s.seq = pe.seq "
      "WHERE pe.partner = ?1 ORDER BY s.seq, s.field");
  query.with(partner.number());
  while (query.step()) names.push_back({query.integer(0), std::string(query.text(1))});
  return names;
}

void delete_sealed(Write& write, const std::vector<SealedName>& names) {
  for (const SealedName& name : names) {
    write.query("DELETE FROM sealed WHERE seq = ?1 AND field = ?2").with(name.seq, name.field).run();
  }
  // SQLite moves rows between pages when many of a page are gone, and leaves copies of them in the space
  // between; secure_delete overwrites only what is deleted. Pages that were emptied and filled anew have
  // none.
  write.query("CREATE TEMP TABLE kept AS SELECT seq, field, salt, value FROM sealed").run();
  write.query("DELETE FROM sealed").run();
  write.query("INSERT INTO sealed SELECT seq, field, salt, value FROM temp.kept ORDER BY seq, field").run();
  write.query("DROP TABLE temp.kept").run();
}

}  // namespace covenant
