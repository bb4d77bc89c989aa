#pragma once

#include <cstdint>
#include <span>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/registry.hpp"

namespace covenant {

/// A registry of its own, for as long as it lives, whose tables say what the events say. Contacts that are
/// not erased come from the sealed values. Documents are named, their bytes are not copied.
/// @throws Error{damaged} when the events contradict each other or the fields' rules
Registry replay(Read& source);

/// The same of some partners alone, and of those into which they merged, by the events up to the one of that
/// number.
Registry replay(Read& source, std::span<const PartnerId> partners, std::int64_t last);

}  // namespace covenant
