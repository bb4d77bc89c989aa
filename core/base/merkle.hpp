#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"

namespace covenant {

/// The leaf of an entry: SHA-256(0x00 || entry). Source: RFC 9162 section 2.1.1.
Digest merkle_leaf(std::string_view entry);

/// The Merkle tree of a growing list of leaves; it keeps only the roots of its perfect subtrees.
/// Source: RFC 9162 section 2.1.2.
class MerkleTree {
 public:
  void append(const Digest& leaf);
  std::uint64_t size() const { return size_; }
  /// Of no leaves: SHA-256 of nothing.
  Digest root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> roots_;  ///< of the perfect subtrees, the largest first
};

/// The root over the leaves from `begin` up to, not including, `end`, counted from 0.
using RootOf = std::function<Digest(std::uint64_t begin, std::uint64_t end)>;

/// The path that shows that the leaf at `index` is in the tree of `size` leaves; index < size.
/// Source: RFC 9162 section 2.1.3.1.
std::vector<Digest> inclusion_path(std::uint64_t index, std::uint64_t size, const RootOf& root_of);

/// The path that shows that the tree of `size` leaves extends that of the first `from`; 0 < from <= size.
/// Source: RFC 9162 section 2.1.4.1.
std::vector<Digest> consistency_path(std::uint64_t from, std::uint64_t size, const RootOf& root_of);

}  // namespace covenant
