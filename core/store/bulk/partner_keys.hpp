#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/model/partner.hpp"

namespace covenant {

/// What a partner is found by.
enum class KeyKind : std::uint64_t { reference = 1, name, host, acronym };

/// The index keys of one partner: 64-bit digests.
struct RowKeys {
  PartnerId id;
  std::optional<std::int64_t> reference;
  std::int64_t name;
  std::optional<std::int64_t> host;
  std::optional<std::int64_t> acronym;
};

/// Partners by their keys, in memory: the substitute of the table's indexes while a large batch does without
/// them. A slot takes four bytes and has no key, only who may have it: whoever asks compares in full.
class PartnerKeys {
 public:
  /// Larger ids never fit.
  static constexpr std::int64_t largest_id = (1 << 24) - 1;

  /// Room for the keys of that many partners.
  explicit PartnerKeys(std::size_t partners);

  /// Whether the partner does not fit any more: make a larger one.
  bool is_too_small_for(PartnerId id) const {
    return used_ + kinds > slots_.size() / 10 * 7 || id.number() >> id_bits_ != 0;
  }

  void add(const RowKeys& keys);

  /// Gives the partners that may have the key, in the order in which they were added, until `is_it` says yes.
  template <class IsIt>
  void find(KeyKind kind, std::int64_t key, IsIt is_it) const {
    for (Probe probe = probe_of(kind, key); slots_[probe.slot] != 0; probe.advance(slots_.size())) {
      const std::uint32_t slot = slots_[probe.slot];
      if (slot >> id_bits_ == probe.mark && is_it(PartnerId(slot & ((1U << id_bits_) - 1)))) return;
    }
  }

 private:
  static constexpr std::size_t kinds = 4;

  /// The way of a key through the slots: neighbours for a while, which are in the cache, then, again and
  /// again, others at a distance of its own, so that partners with one key do not fill the slots of all
  /// others.
  struct Probe {
    static constexpr unsigned neighbours = 16;

    std::size_t slot;
    std::uint32_t mark;  ///< the bits beside an id, which few other keys share
    std::size_t step;
    unsigned steps;

    void advance(std::size_t size) {
      slot += ++steps % neighbours == 0 ? step : 1;
      if (slot >= size) slot -= size;
    }
  };

  static std::uint64_t hash_of(KeyKind kind, std::int64_t key);
  Probe probe_of(KeyKind kind, std::int64_t key) const;
  void add(KeyKind kind, std::int64_t key, PartnerId id);

  unsigned id_bits_;
  std::vector<std::uint32_t> slots_;  ///< mark and id; 0 is free
  std::size_t used_ = 0;
  std::unordered_map<std::uint64_t, Probe> ends_;  ///< of long ways, by the hash of their keys
};

}  // namespace covenant
