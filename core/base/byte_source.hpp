#pragma once

#include <cstddef>
#include <functional>

namespace covenant {

/// Gives the next bytes of the input into the buffer and returns how many; 0 at the end.
using ByteSource = std::function<std::size_t(char* buffer, std::size_t size)>;

}  // namespace covenant
