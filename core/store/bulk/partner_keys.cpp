#include "core/store/bulk/partner_keys.hpp"

#include <bit>

namespace covenant {

PartnerKeys::PartnerKeys(std::size_t partners)
    : id_bits_(static_cast<unsigned>(std::bit_width(partners))),
      slots_(partners * kinds / 7 * 10 + kinds * 2) {}

void PartnerKeys::add(const RowKeys& keys) {
  if (keys.reference) add(KeyKind::reference, *keys.reference, keys.id);
  add(KeyKind::name, keys.name, keys.id);
  if (keys.host) add(KeyKind::host, *keys.host, keys.id);
  if (keys.acronym) add(KeyKind::acronym, *keys.acronym, keys.id);
}

void PartnerKeys::add(KeyKind kind, std::int64_t key, PartnerId id) {
  const Place place = place_of(kind, key);
  std::size_t slot = place.slot;
  while (slots_[slot] != 0) slot = next(slot);
  slots_[slot] = place.mark << id_bits_ | static_cast<std::uint32_t>(id.number());
  ++used_;
}

PartnerKeys::Place PartnerKeys::place_of(KeyKind kind, std::int64_t key) const {
  constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15ULL;
  const std::uint64_t hash =
      (static_cast<std::uint64_t>(key) + static_cast<std::uint64_t>(kind)) * golden_ratio;
  const std::uint64_t high = hash >> 32U;
  // The high half of the product is even over the slots, whatever their number.
  return {static_cast<std::size_t>((high * slots_.size()) >> 32U),
          static_cast<std::uint32_t>(hash) >> id_bits_};
}

}  // namespace covenant
