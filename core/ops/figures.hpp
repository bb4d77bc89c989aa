#pragma once

#include <chrono>
#include <optional>

#include "core/model/date.hpp"
#include "core/model/figures.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Which figures.
struct FigureQuery {
  std::optional<int> year;  ///< of that year alone; else from the first of which anything is known on
  Date until;               ///< the last day that is counted, today or earlier
  /// Only what was recorded by the end of that day, UTC.
  std::optional<Date> as_recorded;
  std::chrono::days renewal{730};  ///< after how many days a joining or renewal is to be renewed
};

/// The figures of the annual report, from the events alone. A joining that was entered in error, and whatever
/// was undone, counts nowhere. Source: covenant-report(1).
Figures count_figures(Read& read, const FigureQuery& query);

}  // namespace covenant
