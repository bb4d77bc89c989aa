#pragma once

#include <optional>
#include <string>

#include "core/model/date.hpp"
#include "core/model/public_list.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The day in question, and the day until which anything was known of it; without either, today's.
/// Source: covenant-list(1), PAST DAYS.
struct PastDays {
  std::optional<Date> as_of;        ///< of what happened, by the days that the register itself has
  std::optional<Date> as_recorded;  ///< of what was recorded, by the times of the events (UTC)
};

/// How a text or a contact appears that the register had on that day and that was erased since.
enum class Erased { as_word, as_nothing };

/// Lets every statement that `read` runs from now on see the partners, commitments and events as they were,
/// instead of as they are: lists, exports and figures of the past are made like those of today. Whoever looks
/// back again sees the other day. Findings, policies and keys for duplicates stay those of today.
/// @throws Error{damaged} when the events contradict each other or the fields' rules
void look_back(Read& read, const PastDays& days, Erased erased);

/// The day of the last change that the public list shows: what was taken back, or entered in error, is none.
std::optional<Date> last_day_shown(Read& read, const PublicSummary& summary);

}  // namespace covenant
