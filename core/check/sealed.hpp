#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/check/check.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

/// Goes through the sealed values beside the events, both in the order of the events, and reports where they
/// do not fit: each value has the digest that its event says, and is missing exactly where a later event
/// erased it.
class SealedWalk {
 public:
  SealedWalk(Read& read, DamageSink report);

  /// Visits an event, as it is stored. Of one that erased nothing only what it sealed is read.
  void visit(const StoredEvent& event);
  /// After the last event.
  void finish();

 private:
  void visit_value(const SealedName& name, const std::string& digest, std::optional<std::int64_t> of);
  void visit_erasure(const SealedName& name);
  void visit_remainder(std::int64_t seq, std::int64_t of, const std::vector<SealedName>& erased);
  void check_digest(const SealedName& name, const std::string& digest);
  void report_unsealed();
  SealedName here() const { return values_.name(); }
  void next() { is_there_ = values_.next(); }

  Read& read_;
  DamageSink report_;
  std::set<SealedName> missing_;                     // and not erased by an event that was visited
  std::map<std::int64_t, std::int64_t> remainders_;  // by the event that sealed them, of which event
  SealedCursor values_;
  bool is_there_ = false;
};

/// The sealed values: each has the digest that its event says, and is missing exactly where it was erased.
void check_sealed(Read& read, const DamageSink& report);

}  // namespace covenant
