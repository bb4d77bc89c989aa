#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/merkle.hpp"
#include "core/model/date.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Whether a text is like a registry's own name: "covenant-registry/" and 32 hexadecimal digits in small
/// letters. A checkpoint begins with it, and signs what it says.
bool is_origin(std::string_view text);

/// The registry's own name, from its first event. @throws Error{damaged} when there is none
std::string origin_of(Read& read);

/// How many events there are.
std::uint64_t log_size(Read& read);

/// @throws Error{damaged} when there is no event
Date day_of_last_event(Read& read);

/// The root of the Merkle tree over the events from `begin` up to `end`, counted from 0; every leaf is
/// computed from its body, whatever the table says. @throws Error{damaged} when an event is missing
Digest log_root(Read& read, std::uint64_t begin, std::uint64_t end);

}  // namespace covenant
