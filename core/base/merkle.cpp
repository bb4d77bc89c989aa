#include "core/base/merkle.hpp"

#include <bit>

namespace covenant {

namespace {

Digest node(const Digest& left, const Digest& right) {
  constexpr std::string_view node_prefix("\1", 1);
  return sha256({node_prefix, bytes_of(left), bytes_of(right)});
}

/// The largest power of two below `size`, which is 2 or more.
std::uint64_t split_of(std::uint64_t size) {
  return std::bit_floor(size - 1);
}

void append_inclusion(std::vector<Digest>& path, std::uint64_t index, std::uint64_t begin, std::uint64_t end,
                      const RootOf& root_of) {
  if (end - begin == 1) return;
  const std::uint64_t middle = begin + split_of(end - begin);
  if (index < middle) {
    append_inclusion(path, index, begin, middle, root_of);
    path.push_back(root_of(middle, end));
  } else {
    append_inclusion(path, index, middle, end, root_of);
    path.push_back(root_of(begin, middle));
  }
}

/// Whether the verifier knows the root of the subtree that is looked at.
enum class Known { no, yes };

void append_consistency(std::vector<Digest>& path, std::uint64_t from, std::uint64_t begin, std::uint64_t end,
                        Known known, const RootOf& root_of) {
  if (from == end) {
    if (known == Known::no) path.push_back(root_of(begin, end));
    return;
  }
  const std::uint64_t middle = begin + split_of(end - begin);
  if (from <= middle) {
    append_consistency(path, from, begin, middle, known, root_of);
    path.push_back(root_of(middle, end));
  } else {
    append_consistency(path, from, middle, end, Known::no, root_of);
    path.push_back(root_of(begin, middle));
  }
}

}  // namespace

Digest merkle_leaf(std::string_view entry) {
  constexpr std::string_view leaf_prefix("\0", 1);
  return sha256({leaf_prefix, entry});
}

void MerkleTree::append(const Digest& leaf) {
  Digest root = leaf;
  // Each bit that is set in the size is a perfect subtree; one more leaf joins those at the low end.
  for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
    root = node(roots_.back(), root);
    roots_.pop_back();
  }
  roots_.push_back(root);
  ++size_;
}

Digest MerkleTree::root() const {
  if (roots_.empty()) return sha256({});
  Digest root = roots_.back();
  for (std::size_t i = roots_.size() - 1; i-- > 0;) root = node(roots_[i], root);
  return root;
}

std::vector<Digest> inclusion_path(std::uint64_t index, std::uint64_t size, const RootOf& root_of) {
  std::vector<Digest> path;
  append_inclusion(path, index, 0, size, root_of);
  return path;
}

std::vector<Digest> consistency_path(std::uint64_t from, std::uint64_t size, const RootOf& root_of) {
  std::vector<Digest> path;
  append_consistency(path, from, 0, size, Known::yes, root_of);
  return path;
}

}  // namespace covenant
