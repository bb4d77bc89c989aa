#include "core/store/bulk/partner_keys.hpp"

#include <bit>

namespace covenant {

namespace {

bool is_prime(std::size_t number) {
  if (number % 2 == 0) return number == 2;
  for (std::size_t divisor = 3; divisor * divisor <= number; divisor += 2) {
    if (number % divisor == 0) return false;
  }
  return number > 1;
}

/// Any step then leads through all slots.
std::size_t prime_from(std::size_t number) {
  while (!is_prime(number)) ++number;
  return number;
}

}  // namespace

PartnerKeys::PartnerKeys(std::size_t partners)
    : id_bits_(static_cast<unsigned>(std::bit_width(partners))),
      slots_(prime_from(partners * kinds / 7 * 10 + kinds * 2)) {}

void PartnerKeys::add(const RowKeys& keys) {
  if (keys.reference) add(KeyKind::reference, *keys.reference, keys.id);
  add(KeyKind::name, keys.name, keys.id);
  if (keys.host) add(KeyKind::host, *keys.host, keys.id);
  if (keys.acronym) add(KeyKind::acronym, *keys.acronym, keys.id);
}

void PartnerKeys::add(KeyKind kind, std::int64_t key, PartnerId id) {
  constexpr std::size_t long_way = 64;
  Probe probe = probe_of(kind, key);
  std::size_t steps = 0;
  for (; slots_[probe.slot] != 0 && steps < long_way; ++steps) probe.advance(slots_.size());
  if (slots_[probe.slot] != 0) {
    Probe& end = ends_.try_emplace(hash_of(kind, key), probe).first->second;
    while (slots_[end.slot] != 0) end.advance(slots_.size());
    probe = end;
  }
  slots_[probe.slot] = probe.mark << id_bits_ | static_cast<std::uint32_t>(id.number());
  ++used_;
}

std::uint64_t PartnerKeys::hash_of(KeyKind kind, std::int64_t key) {
  constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15ULL;
  return (static_cast<std::uint64_t>(key) + static_cast<std::uint64_t>(kind)) * golden_ratio;
}

PartnerKeys::Probe PartnerKeys::probe_of(KeyKind kind, std::int64_t key) const {
  const std::uint64_t hash = hash_of(kind, key);
  const std::uint64_t high = hash >> 32U;
  // The high half of the product is even over the slots, whatever their number.
  return {.slot = static_cast<std::size_t>((high * slots_.size()) >> 32U),
          .mark = static_cast<std::uint32_t>(hash) >> id_bits_,
          .step = 1 + static_cast<std::size_t>(hash % (slots_.size() - 2UL * Probe::neighbours)),
          .steps = 0};
}

}  // namespace covenant
