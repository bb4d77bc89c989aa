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

void delete_sealed(Write& write, const SealedName& name) {
  write.query("DELETE FROM sealed WHERE seq = ?1 AND field = ?2").with(name.seq, name.field).run();
}

}  // namespace covenant
