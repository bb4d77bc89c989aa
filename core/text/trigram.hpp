#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace covenant {

/// Finds, among many texts, those that share most of their trigrams. A trigram is three neighbouring
/// characters of a word that has two blanks before it and one after it; a text is the set of those of its
/// words. Source: PostgreSQL documentation, "pg_trgm".
class TrigramIndex {
 public:
  /// Words are separated by blanks; no character is folded. Two texts are near when they share at least so
  /// many per cent of the trigrams that either of them has, from 1 to 100.
  TrigramIndex(const std::vector<std::string>& texts, unsigned least_percent);

  /// Visits the texts after this one that are near it, by their index, in no order, with the similarity, from
  /// 0 to 1.
  void for_each_near(std::size_t text, const std::function<void(std::size_t, double)>& visit);

 private:
  using Rank = std::uint32_t;

  /// A text under one of its trigrams.
  struct Posting {
    std::uint32_t text;
    std::uint32_t place;  ///< of the trigram in the text
  };

  std::size_t size_of(std::size_t text) const { return begins_[text + 1] - begins_[text]; }
  const Rank* ranks_of(std::size_t text) const { return ranks_.data() + begins_[text]; }
  std::size_t prefix_of(std::size_t size) const;
  std::size_t demanded(std::size_t a, std::size_t b) const;
  std::size_t shared(std::size_t a, std::size_t b, std::size_t demanded) const;

  std::size_t least_percent_;
  std::vector<std::size_t> begins_;  ///< of the texts in `ranks_`; one more at the end
  std::vector<Rank> ranks_;          ///< each text's trigrams, those that fewest texts have first
  std::vector<std::size_t> list_begins_;
  std::vector<Posting> postings_;
  std::vector<std::uint32_t> seen_by_;  ///< the last text that had looked at each
};

}  // namespace covenant
