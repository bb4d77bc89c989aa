#include "core/ops/publish_delta.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/formats/public_list.hpp"
#include "core/history/event_record.hpp"
#include "core/history/replay.hpp"
#include "core/ops/public_summary.hpp"
#include "core/store/event_table.hpp"

// How it works, and why.
//
// Each partner's row has the number of the last event that changed what the public sees of it. Those with a
// later one than is asked for are replayed up to there, and whom they had merged into with them: some
// hundreds at a time, so that memory does not grow with the delta. What the list says of each then and now
// decides in which of the four arrays it is; only that is kept, and the arrays are written from the tables of
// now.

namespace covenant {

namespace {

/// What a public list says of a partner.
struct Entry {
  enum class Part { none, partners, former };

  Part part = Part::none;
  std::string json;

  friend bool operator==(const Entry&, const Entry&) = default;
};

Entry entry_of(Read& read, const PublicQuery& query) {
  Entry entry;
  for_each_public_row_by_id(read, query, [&](const PublicTexts& texts) {
    entry = {Entry::Part::partners, public_entry(texts)};
  });
  for_each_former_partner(read, query, [&](const FormerPartner& partner) {
    entry = {Entry::Part::former, former_entry(partner)};
  });
  return entry;
}

/// Whether texts of a partner were erased since.
enum class HadErasure { no, yes };

/// The array of a delta in which a partner is.
enum class Fate { joined, changed, ended, removed, none };

Fate fate_of(const Entry& then, const Entry& now, HadErasure erasure) {
  // A text that was erased since is in neither, but whoever has the list of then still has it.
  if (then == now && erasure == HadErasure::no) return Fate::none;
  if (now.part == Entry::Part::partners)
    return then.part == Entry::Part::partners ? Fate::changed : Fate::joined;
  if (then == now) return Fate::none;
  return now.part == Entry::Part::former ? Fate::ended : Fate::removed;
}

class Delta {
 public:
  Delta(Read& read, const PublicQuery& query, std::int64_t since) : read_(read), query_(query) {
    std::vector<PartnerId> partners = find_changed_in_public(read, since);
    constexpr std::size_t at_a_time = 512;
    for (std::size_t at = 0; at < partners.size(); at += at_a_time) {
      const std::size_t count = std::min(at_a_time, partners.size() - at);
      const std::vector<PartnerId> some(partners.begin() + static_cast<std::ptrdiff_t>(at),
                                        partners.begin() + static_cast<std::ptrdiff_t>(at + count));
      Registry earlier = replay(read, some, since);
      Read then = earlier.read();
      for (const PartnerId id : some) {
        const PublicQuery only = query.only(id);
        const Fate fate = fate_of(entry_of(then, only), entry_of(read, only), erasure_since(id, since));
        if (fate != Fate::none) fates_.emplace_back(id, fate);
      }
    }
  }

  std::int64_t write(PublicLists& lists) {
    lists.begin("joined");
    each(Fate::joined, [&](const PublicQuery& only) { write_listed(lists, only); });
    lists.begin("changed");
    each(Fate::changed, [&](const PublicQuery& only) { write_listed(lists, only); });
    lists.begin("ended");
    each(Fate::ended, [&](const PublicQuery& only) {
      for_each_former_partner(read_, only, [&](const FormerPartner& partner) { lists.add(partner); });
    });
    lists.begin("removed");
    for (const auto& [id, fate] : fates_) {
      if (fate == Fate::removed) lists.add(id);
    }
    lists.finish();
    return static_cast<std::int64_t>(fates_.size());
  }

 private:
  template <class Visit>
  void each(Fate wanted, Visit visit) {
    for (const auto& [id, fate] : fates_) {
      if (fate == wanted) visit(query_.only(id));
    }
  }

  HadErasure erasure_since(PartnerId partner, std::int64_t since) const {
    for (const std::int64_t seq : find_events_of(read_, partner, last_known_event(read_, partner))) {
      if (seq <= since) continue;
      const EventRecord event = parse_event(event_body(read_, seq));
      const bool erases_texts = std::any_of(event.erased.begin(), event.erased.end(),
                                            [](const SealedName& sealed) { return sealed.field == "texts"; });
      if (erases_texts) return HadErasure::yes;
    }
    return HadErasure::no;
  }

  void write_listed(PublicLists& lists, const PublicQuery& only) {
    for_each_public_row_by_id(read_, only, [&](const PublicTexts& texts) { lists.add(texts); });
  }

  Read& read_;
  const PublicQuery& query_;
  std::vector<std::pair<PartnerId, Fate>> fates_;
};

}  // namespace

std::int64_t publish_delta(Read& read, const PublicQuery& query, std::int64_t since,
                           const PartnerPageOf& page_of, TextSink& sink) {
  Delta delta(read, query, since);
  PublicLists lists(sink, public_delta_head(since, public_summary(read, query)), page_of);
  return delta.write(lists);
}

}  // namespace covenant
