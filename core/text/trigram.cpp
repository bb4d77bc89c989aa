#include "core/text/trigram.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "core/text/utf8.hpp"

// How it works, and why.
//
// To compare each text with each would take minutes for some ten thousand. Two sets that share most of their
// members also share one of those that are rare: sort the members of each set, those that fewest texts have
// first; if two sets share at least `demanded` members, the first ones of each, up to all but `demanded` - 1,
// have one in common. So only these (`prefix_of`) are in the lists by trigram, and a text is compared with
// the texts in the lists of its own. The place of the trigram in both says how many can be shared at most,
// which leaves out most of those before their sets are compared. Source: Xiao, Wang, Lin, Yu: "Efficient
// Similarity Joins for Near Duplicate Detection" (2008).

namespace covenant {

namespace {

std::size_t quotient_up(std::size_t number, std::size_t divisor) {
  return (number + divisor - 1) / divisor;
}

/// The text's trigrams, sorted; each is three code points in one number.
std::vector<std::uint64_t> trigrams_of(std::string_view text) {
  constexpr unsigned bits = 21;
  constexpr std::uint64_t all = (std::uint64_t{1} << (3 * bits)) - 1;
  std::vector<std::uint64_t> found;
  std::uint64_t last = 0;
  const auto take = [&](std::uint64_t c) { last = (last << bits | c) & all; };
  bool is_in_word = false;
  const auto end_word = [&] {
    if (!is_in_word) return;
    take(' ');
    found.push_back(last);
    is_in_word = false;
  };
  while (!text.empty()) {
    const char32_t c = take_code_point(text);
    if (c == U' ') {
      end_word();
      continue;
    }
    if (!is_in_word) {
      take(' ');
      take(' ');
    }
    is_in_word = true;
    take(c);
    found.push_back(last);
  }
  end_word();
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace

TrigramIndex::TrigramIndex(const std::vector<std::string>& texts, unsigned least_percent)
    : least_percent_(least_percent), begins_{0}, seen_by_(texts.size()) {
  std::vector<std::uint32_t> counts;  // of the texts that have a trigram
  {
    std::unordered_map<std::uint64_t, Rank> numbers;
    for (const std::string& text : texts) {
      for (const std::uint64_t trigram : trigrams_of(text)) {
        const Rank number = numbers.try_emplace(trigram, static_cast<Rank>(numbers.size())).first->second;
        counts.resize(numbers.size());
        ++counts[number];
        ranks_.push_back(number);
      }
      begins_.push_back(ranks_.size());
    }
  }
  std::vector<Rank> by_count(counts.size());
  std::iota(by_count.begin(), by_count.end(), Rank{0});
  std::stable_sort(by_count.begin(), by_count.end(), [&](Rank a, Rank b) { return counts[a] < counts[b]; });
  std::vector<Rank> rank_of(counts.size());
  for (std::size_t rank = 0; rank < by_count.size(); ++rank)
    rank_of[by_count[rank]] = static_cast<Rank>(rank);

  list_begins_.resize(counts.size() + 1);
  for (std::size_t text = 0; text < texts.size(); ++text) {
    const auto first = ranks_.begin() + static_cast<std::ptrdiff_t>(begins_[text]);
    const auto last = ranks_.begin() + static_cast<std::ptrdiff_t>(begins_[text + 1]);
    std::transform(first, last, first, [&](Rank number) { return rank_of[number]; });
    std::sort(first, last);
    for (std::size_t place = 0; place < prefix_of(size_of(text)); ++place)
      ++list_begins_[ranks_of(text)[place] + 1];
  }
  std::partial_sum(list_begins_.begin(), list_begins_.end(), list_begins_.begin());
  postings_.resize(list_begins_.back());
  std::vector<std::size_t> ends(list_begins_.begin(), list_begins_.end() - 1);
  for (std::size_t text = 0; text < texts.size(); ++text) {
    for (std::size_t place = 0; place < prefix_of(size_of(text)); ++place)
      postings_[ends[ranks_of(text)[place]]++] = {static_cast<std::uint32_t>(text),
                                                  static_cast<std::uint32_t>(place)};
  }
}

/// How many of a set's members, the rarest, are in the lists.
std::size_t TrigramIndex::prefix_of(std::size_t size) const {
  return size == 0 ? 0 : size - quotient_up(least_percent_ * size, 100) + 1;
}

/// How many members two sets of those sizes share at least when they are near.
std::size_t TrigramIndex::demanded(std::size_t a, std::size_t b) const {
  return quotient_up(least_percent_ * (a + b), 100 + least_percent_);
}

/// How many members the sets share; fewer than demanded, no matter how many, when they do not share as many.
std::size_t TrigramIndex::shared(std::size_t a, std::size_t b, std::size_t demanded) const {
  const Rank* one = ranks_of(a);
  const Rank* other = ranks_of(b);
  const Rank* const one_end = one + size_of(a);
  const Rank* const other_end = other + size_of(b);
  std::size_t count = 0;
  while (one != one_end && other != other_end) {
    if (count + static_cast<std::size_t>(std::min(one_end - one, other_end - other)) < demanded) return count;
    const Rank left = *one;
    const Rank right = *other;
    count += left == right ? 1 : 0;
    one += left <= right ? 1 : 0;
    other += right <= left ? 1 : 0;
  }
  return count;
}

void TrigramIndex::for_each_near(std::size_t text, const std::function<void(std::size_t, double)>& visit) {
  const std::size_t size = size_of(text);
  const auto mark = static_cast<std::uint32_t>(text) + 1;
  for (std::size_t place = 0; place < prefix_of(size); ++place) {
    const Rank rank = ranks_of(text)[place];
    const auto first = postings_.begin() + static_cast<std::ptrdiff_t>(list_begins_[rank]);
    const auto last = postings_.begin() + static_cast<std::ptrdiff_t>(list_begins_[rank + 1]);
    const auto is_not_after = [&](const Posting& posting) { return posting.text <= text; };
    for (auto at = std::partition_point(first, last, is_not_after); at != last; ++at) {
      if (seen_by_[at->text] == mark) continue;
      seen_by_[at->text] = mark;
      const std::size_t other_size = size_of(at->text);
      const std::size_t least = demanded(size, other_size);
      if (std::min(size - place, other_size - at->place) < least) continue;
      const std::size_t count = shared(text, at->text, least);
      if (count < least) continue;
      visit(at->text, static_cast<double>(count) / static_cast<double>(size + other_size - count));
    }
  }
}

}  // namespace covenant
