#include "core/ops/erase.hpp"

#include "core/history/record.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

OutcomeResult erase_contact(Write& write, const Partner& partner, const Deed& deed) {
  const std::vector<SealedName> erased = find_sealed(write, partner.id);
  if (erased.empty()) return unchanged(partner);
  Partner after = partner;
  after.application.contact.reset();
  after.contact_erased_on = deed.at.date();
  record(write, {.action = Action::erase, .before = &partner, .after = after, .erased = &erased}, deed);
  return updated(partner, after);
}

}  // namespace covenant
