#pragma once

#include <cstdint>

#include "core/base/sink.hpp"
#include "core/formats/public_list.hpp"
#include "core/store/database.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

/// Writes what the public list shows now and did not show after the event `since` (0 is before the first), as
/// one JSON object, and returns how many entries it has. The JSON list of then with it applied is that of
/// now. Source: covenant-export(1), THE DELTA.
std::int64_t publish_delta(Read& read, const PublicQuery& query, std::int64_t since,
                           const PartnerPageOf& page_of, TextSink& sink);

}  // namespace covenant
