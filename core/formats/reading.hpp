#pragma once

#include <string>

#include "core/documents/reading.hpp"

namespace covenant {

/// A reading for people: a line for each value after its name, safe for a terminal.
std::string reading_text(const Reading& reading);

/// A reading, or one signature, as JSON for programs; what does not apply is null. Source:
/// covenant-inspect(1), JSON.
std::string reading_as_json(const Reading& reading);
std::string signature_as_json(const Signature& signature);

}  // namespace covenant
