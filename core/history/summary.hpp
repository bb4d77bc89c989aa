#pragma once

#include <string>

#include "core/history/event_record.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What an event did, as people read it: every value that it set and the value before, findings, sources and
/// evidence, in parts that are set apart by semicolons ("status: applied → ineligible; website: fail"). Its
/// sealed texts are read from `read`; what was erased since is shown as erased.
/// @throws Error{damaged} when they are not the texts that the event names
std::string summary_of(Read& read, EventRecord event);

}  // namespace covenant
