#pragma once

#include <string>

#include "core/documents/reading.hpp"

namespace covenant {

/// A reading for people: a line for each value after its name, safe for a terminal.
std::string reading_text(const Reading& reading);

}  // namespace covenant
