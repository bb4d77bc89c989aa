#include "core/ops/similar_pairs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "core/model/field_notes.hpp"
#include "core/model/web_url.hpp"
#include "core/ops/duplicates.hpp"
#include "core/store/similar_rows.hpp"
#include "core/text/folding.hpp"
#include "core/text/lookalike.hpp"
#include "core/text/trigram.hpp"

namespace covenant {

namespace {

/// A partner that shares something with another, which comes before it.
struct Match {
  PartnerId second;
  PairReason reason;
  std::string value;

  friend bool operator<(const Match& a, const Match& b) {
    return std::tie(a.second, a.reason, a.value) < std::tie(b.second, b.reason, b.value);
  }
};

/// Partners by a value of which some may have the same, such as a host. Of n partners with one value there
/// are n² / 2 pairs, so they are made for one partner at a time.
class SharedValues {
 public:
  SharedValues(PairReason reason) : reason_(reason) {}

  /// To be called in the order of the ids.
  void add(PartnerId partner, std::string key, std::string shown) {
    auto& owners = by_key_[std::move(key)];
    owners.push_back({partner, std::move(shown)});
    groups_.emplace_back(partner, &owners);
  }

  /// The later partners that have the value of this one.
  void append_matches(PartnerId first, std::vector<Match>& matches) const {
    const auto group = std::lower_bound(groups_.begin(), groups_.end(), first,
                                        [](const auto& one, PartnerId id) { return one.first < id; });
    if (group == groups_.end() || group->first != first) return;
    const auto& owners = *group->second;
    const auto later = std::upper_bound(owners.begin(), owners.end(), first,
                                        [](PartnerId id, const Owner& owner) { return id < owner.partner; });
    for (auto owner = later; owner != owners.end(); ++owner)
      matches.push_back({owner->partner, reason_, owner->shown});
  }

 private:
  struct Owner {
    PartnerId partner;
    std::string shown;
  };

  PairReason reason_;
  std::map<std::string, std::vector<Owner>> by_key_;
  std::vector<std::pair<PartnerId, const std::vector<Owner>*>> groups_;  ///< by the partner's id
};

/// The pairs whose names are the same, were the same or are confusable: few, since each was allowed by
/// somebody.
using NamePairs = std::map<PartnerId, std::vector<Match>>;

NamePairs find_name_pairs(Read& read) {
  NamePairs pairs;
  for_each_shared_name(read, [&](const NamedOnce& first, const NamedOnce& second) {
    const std::string& name = second.name.str();
    const bool is_same = similarity_key(first.name.str()) == similarity_key(name);
    if (is_same || look_alike(first.name.str(), name))
      pairs[first.partner].push_back(
          {second.partner, is_same ? PairReason::name : PairReason::confusable, name});
  });
  for_each_former_name_in_use(read, [&](const NamedOnce& before, const NamedOnce& now) {
    if (similarity_key(before.name.str()) != similarity_key(now.name.str())) return;
    const auto [first, second] = std::minmax(before.partner, now.partner);
    pairs[first].push_back({second, PairReason::former_name, before.name.str()});
  });
  return pairs;
}

SharedValues find_shared_hosts(Read& read) {
  SharedValues hosts(PairReason::website);
  for_each_shared_website(read, [&](PartnerId id, const WebUrl& website) {
    std::string host = website.host_key();
    if (is_shared_host(host)) return;
    hosts.add(id, host, host);
  });
  return hosts;
}

SharedValues find_shared_acronyms(Read& read) {
  SharedValues acronyms(PairReason::acronym);
  for_each_shared_acronym(read, [&](PartnerId id, const Acronym& acronym) {
    if (!is_placeholder(acronym.str())) acronyms.add(id, similarity_key(acronym.str()), acronym.str());
  });
  return acronyms;
}

/// The names of all partners.
class Names {
 public:
  explicit Names(Read& read) {
    for_each_name(read, [&](PartnerId id, const Name& name) {
      ids_.push_back(id);
      names_.push_back(name.str());
    });
  }

  std::size_t size() const { return ids_.size(); }
  PartnerId id(std::size_t at) const { return ids_[at]; }

  PairedPartner partner(PartnerId id) const {
    const auto at = std::lower_bound(ids_.begin(), ids_.end(), id) - ids_.begin();
    return {id, names_[static_cast<std::size_t>(at)]};
  }

  TrigramIndex index() const {
    constexpr unsigned least_percent = 60;
    std::vector<std::string> keys;
    keys.reserve(names_.size());
    for (const std::string& name : names_) keys.push_back(search_key(name));
    return {keys, least_percent};
  }

 private:
  std::vector<PartnerId> ids_;
  std::vector<std::string> names_;
};

}  // namespace

void for_each_similar_pair(Read& read, const std::function<void(const SimilarPair&)>& visit) {
  const SharedValues hosts = find_shared_hosts(read);
  const SharedValues acronyms = find_shared_acronyms(read);
  const NamePairs name_pairs = find_name_pairs(read);
  const Names names(read);
  TrigramIndex index = names.index();
  std::vector<Match> matches;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const PartnerId first = names.id(i);
    const auto named = name_pairs.find(first);
    matches = named == name_pairs.end() ? std::vector<Match>() : named->second;
    const std::size_t named_count = matches.size();
    hosts.append_matches(first, matches);
    acronyms.append_matches(first, matches);
    index.for_each_near(i, [&](std::size_t other, double similarity) {
      const auto is_other = [&](const Match& match) {
        return match.second == names.id(other) && match.reason != PairReason::former_name;
      };
      if (std::none_of(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(named_count), is_other))
        matches.push_back({names.id(other), PairReason::near, fmt::format("{:.2f}", similarity)});
    });
    std::sort(matches.begin(), matches.end());
    const auto is_repeated = [](const Match& a, const Match& b) {
      return a.second == b.second && a.reason == b.reason;
    };
    matches.erase(std::unique(matches.begin(), matches.end(), is_repeated), matches.end());
    for (const Match& match : matches)
      visit({names.partner(first), names.partner(match.second), match.reason, match.value});
  }
}

}  // namespace covenant
