#pragma once

#include <string_view>

#include "core/documents/reader/cms.hpp"
#include "core/documents/reading.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

using DocumentReader = Reading (*)(std::string_view bytes, const Basis& basis);

/// Has a reader read one input without any authority that is trusted, and demands that the reading is read
/// back as it was written, and that nothing is valid. Returns 0, as a fuzzer does.
int examine_reader(DocumentReader read, std::string_view document);

}  // namespace covenant::fuzz
