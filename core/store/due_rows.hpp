#pragma once

#include <cstdint>
#include <functional>

#include "core/store/database.hpp"
#include "core/store/due_list.hpp"

namespace covenant {

/// Collects what is due, in a temporary table: there may be more of it than memory is to have.
class DueRows {
 public:
  explicit DueRows(Read& read);

  void add(const DueItem& item);
  std::int64_t count() const { return count_; }

  /// Visits them: the longest waiting first, then by partner and kind.
  void for_each(const std::function<void(const DueItem&)>& visit) const;

 private:
  Read* read_;
  std::int64_t count_ = 0;
};

}  // namespace covenant
