#pragma once

#include "core/check/check.hpp"
#include "core/history/standing.hpp"
#include "core/model/date.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Every rule of the fields, the lifecycle and the criteria on every stored row. What an earlier version
/// accepted and a rule of today refuses is a note. Source: covenant-check(1).
void check_rules(Read& read, const DamageSink& report, const NoteSink& note);

/// The rules on one partner as the events leave it; `last` is the day of the last event. That no other
/// partner has its name is for `have_distinct_name_keys`.
void check_rules(const Standing& standing, Date last, const DamageSink& report, const NoteSink& note);

}  // namespace covenant
