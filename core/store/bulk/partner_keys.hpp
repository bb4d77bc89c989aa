#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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
    const Place place = place_of(kind, key);
    for (std::size_t i = place.slot; slots_[i] != 0; i = next(i)) {
      if (slots_[i] >> id_bits_ == place.mark && is_it(PartnerId(slots_[i] & ((1U << id_bits_) - 1)))) return;
    }
  }

 private:
  static constexpr std::size_t kinds = 4;

  /// Where the search for a key begins, and the bits beside an id, which few other keys share.
  struct Place {
    std::size_t slot;
    std::uint32_t mark;
  };

  Place place_of(KeyKind kind, std::int64_t key) const;
  std::size_t next(std::size_t slot) const { return slot + 1 == slots_.size() ? 0 : slot + 1; }
  void add(KeyKind kind, std::int64_t key, PartnerId id);

  unsigned id_bits_;
  std::vector<std::uint32_t> slots_;  ///< mark and id; 0 is free
  std::size_t used_ = 0;
};

}  // namespace covenant
