#pragma once

#include <optional>
#include <string_view>

#include "core/store/event_record.hpp"

namespace covenant {

/// Reads the body of a usual event in one go: canonical, of every action but `erase`. Nothing says only that
/// the body has to be read in full (see `parse_event`).
std::optional<EventRecord> read_usual_event(std::string_view body);

}  // namespace covenant
