// Proofs of the history: whoever follows RFC 9162 takes the path that the program makes and none that differs
// from it. The input: sizes, an index, then which hash of the path to change and how.
#include <string>
#include <vector>

#include "core/base/merkle.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

using Path = std::vector<Digest>;

Digest leaf(std::uint64_t index) {
  return merkle_leaf(std::to_string(index));
}

Digest root_of(std::uint64_t begin, std::uint64_t end) {
  MerkleTree tree;
  for (std::uint64_t i = begin; i < end; ++i) tree.append(leaf(i));
  return tree.root();
}

Digest node(const Digest& left, const Digest& right) {
  return sha256({std::string_view("\x01", 1), bytes_of(left), bytes_of(right)});
}

/// Source: RFC 9162 section 2.1.3.2.
bool is_included(std::uint64_t index, std::uint64_t size, const Path& path, const Digest& root) {
  if (index >= size) return false;
  std::uint64_t place = index;
  std::uint64_t last = size - 1;
  Digest sum = leaf(index);
  for (const Digest& step : path) {
    if (last == 0) return false;
    if (place % 2 == 1 || place == last) {
      sum = node(step, sum);
      while (place % 2 == 0 && place != 0) {
        place /= 2;
        last /= 2;
      }
    } else {
      sum = node(sum, step);
    }
    place /= 2;
    last /= 2;
  }
  return last == 0 && sum == root;
}

/// Source: RFC 9162 section 2.1.4.2.
bool is_extended(std::uint64_t from, std::uint64_t size, Path path, const Digest& old_root,
                 const Digest& root) {
  if (from == size) return path.empty() && old_root == root;
  if ((from & (from - 1)) == 0) path.insert(path.begin(), old_root);
  if (path.empty()) return false;
  std::uint64_t place = from - 1;
  std::uint64_t last = size - 1;
  for (; place % 2 == 1; place /= 2) last /= 2;
  Digest old_sum = path.front();
  Digest sum = path.front();
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (last == 0) return false;
    if (place % 2 == 1 || place == last) {
      old_sum = node(path[i], old_sum);
      sum = node(path[i], sum);
      while (place % 2 == 0 && place != 0) {
        place /= 2;
        last /= 2;
      }
    } else {
      sum = node(sum, path[i]);
    }
    place /= 2;
    last /= 2;
  }
  return last == 0 && old_sum == old_root && sum == root;
}

Path changed(Path path, Pieces pieces) {
  while (!pieces.is_at_end()) {
    const unsigned kind = pieces.byte();
    if (path.empty() || kind % 4 == 0) {
      path.push_back(leaf(pieces.byte()));
    } else if (kind % 4 == 1) {
      path.pop_back();
    } else if (kind % 4 == 2) {
      std::swap(path.front(), path[pieces.byte() % path.size()]);
    } else {
      Digest& digest = path[pieces.byte() % path.size()];
      const std::size_t place = pieces.byte() % digest.size();
      digest.at(place) = static_cast<std::uint8_t>(digest.at(place) ^ pieces.byte());
    }
  }
  return path;
}

void examine(std::string_view input) {
  constexpr std::uint64_t most = 70;
  Pieces pieces(input);
  const std::uint64_t size = 1 + pieces.byte() % most;
  const std::uint64_t from = 1 + pieces.byte() % size;
  const std::uint64_t index = pieces.byte() % size;
  const Digest root = root_of(0, size);
  const Path inclusion = inclusion_path(index, size, root_of);
  demand(is_included(index, size, inclusion, root), "a proof is not one");
  const Path other = changed(inclusion, pieces);
  demand(other == inclusion || !is_included(index, size, other, root), "another proof is one too");
  const Path consistency = consistency_path(from, size, root_of);
  const Digest old_root = root_of(0, from);
  demand(is_extended(from, size, consistency, old_root, root), "an extension is not one");
  const Path another = changed(consistency, pieces);
  demand(another == consistency || !is_extended(from, size, another, old_root, root),
         "another extension is one too");
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  covenant::fuzz::examine(covenant::fuzz::text_of(bytes, size));
  return 0;
}
