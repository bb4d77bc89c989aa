#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/model/date.hpp"
#include "core/model/deed.hpp"
#include "core/model/policy.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What becomes of partners that were changed after the run.
enum class ChangedSince { refused, skipped };

/// A run, as people know it.
struct RunInfo {
  std::string run;
  std::string action;  ///< of its first event
  std::string actor;
  Date day;
};

/// "1f2e… (apply by office on 2026-11-26)".
std::string described(const RunInfo& info);

/// The run, if there is one of that id.
std::optional<RunInfo> find_run(Read& read, const std::string& run);

/// The last run that the actor recorded, if there is one.
std::optional<RunInfo> find_last_run(Read& read, const std::string& actor);

/// The runs of the last events, the last one first, without that which made the registry. Of very many events
/// only the last are read.
std::vector<RunInfo> find_late_runs(Read& read);

/// Takes back what a run did, partner by partner, the last one first; `visit` is called with what became of
/// each. Fields and statuses return to what they were; an application that the run filed becomes one that was
/// entered in error. Refused (`rule`) where the run erased something or was about a policy, where it was
/// undone already, and for each partner that was changed since, unless these are skipped, each with a note;
/// (`duplicate`) where another partner has the name or the reference by now; and, where a listing or its
/// evidence is restored, what the policies refuse: those of the registry or `demanded`, whichever are
/// stricter. Source: covenant-undo(1).
void undo(Write& write, const RunInfo& info, ChangedSince changed, const Policies& demanded, const Deed& deed,
          const std::function<void(const OutcomeResult&)>& visit);

}  // namespace covenant
